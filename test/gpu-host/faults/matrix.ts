/** The fault matrix: every fault at every named step boundary, and in the middle of what takes long. */
import { seededShuffle } from '../../support/random.js';
import { cellsOf, impossible, KILLS, type NoCell } from './at-boundary.js';
import type { Cell } from './cell.js';
import { LINE_CELLS, LINE_FAULTS } from './line.js';
import { MACHINE_CELLS, MACHINE_FAULTS } from './machine.js';
import { SLEEP_FAULTS, TIME_CELLS } from './sleep.js';
import { SPACE_CELLS, SPACE_FAULTS } from './space.js';

const FAULTS = [...LINE_FAULTS, ...MACHINE_FAULTS, ...SLEEP_FAULTS, ...SPACE_FAULTS];

const SEED = 20_261_122;

export const CELLS: readonly Cell[] = seededShuffle(SEED, [
  ...KILLS,
  ...FAULTS.flatMap(cellsOf),
  ...[...LINE_CELLS, ...MACHINE_CELLS, ...TIME_CELLS, ...SPACE_CELLS],
]);

/** What the table has no cell for, and why. */
export const NO_CELLS: readonly NoCell[] = FAULTS.flatMap(impossible);
