/** The fault matrix, in an order that is seeded. */
import { seededShuffle } from '../../support/random.js';
import { type Cell, killedAt } from './cell.js';
import { LINE_CELLS } from './line.js';
import { MACHINE_CELLS } from './machine.js';
import { SPACE_CELLS, TIME_CELLS } from './time-and-space.js';

/** before = the effect is done and not recorded; after = it is recorded and nobody was told. */
const BOUNDARIES = [
  'preparing.prepared',
  'queued.claimed',
  'staging.staged',
  'staged.started',
  'running.finished',
  'collecting.collected',
].flatMap((move) => [`${move}.before`, `${move}.after`]);

/** spawned = the run is started on the host, and nobody has written down that it is. */
const KILLS = [...BOUNDARIES, 'staged.started.spawned'].map(killedAt);

const SEED = 20_261_122;

export const CELLS: readonly Cell[] = seededShuffle(SEED, [
  ...KILLS,
  ...LINE_CELLS,
  ...MACHINE_CELLS,
  ...TIME_CELLS,
  ...SPACE_CELLS,
]);
