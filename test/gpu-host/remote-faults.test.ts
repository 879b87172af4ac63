/**
 * The fault matrix on a remote host: afterwards every job is where it should be, nothing was done twice, the log has no
 * hole or repeat, and nothing is left over there. A few cells run every day, all of them by `npm run bench -- faults`;
 * COSMOS_FAULTS picks others by a part of their names.
 */
import { afterAll, afterEach, expect, test } from 'vitest';
import { removeContainers } from '../support/containers.js';
import { expectAftermath } from './faults/aftermath.js';
import type { Cell } from './faults/cell.js';
import { EVERYDAY } from './faults/everyday.js';
import { CELLS, NO_CELLS } from './faults/matrix.js';
import { hostOfFile, hostOfTest } from './hosts.js';
import { RemoteWorld } from './remote-world.js';
import { simImage } from './sim/image.js';

const wanted = process.env.COSMOS_FAULTS;
const isWanted = (name: string) => (wanted === undefined ? EVERYDAY.includes(name) : name.includes(wanted));
const cells = CELLS.filter(({ name }) => isWanted(name));

const images = [await simImage()];
const shared = await hostOfFile({ images });
const table: { cell: string; proof: string; starts: number; seconds: string }[] = [];

// What a failed cell left behind must not fail the next one too.
afterEach(async () => {
  shared.setClockSkew(0);
  await removeContainers(shared);
  await shared.sh('rm -rf /var/tmp/cosmos-bridge');
});

test('every cell of every day is one of the matrix', () => {
  expect(CELLS.map(({ name }) => name)).toEqual(expect.arrayContaining([...EVERYDAY]));
});

test.each(cells)('$name', async (cell) => {
  const begin = performance.now();
  const host = cell.host === undefined ? shared : await hostOfTest({ images, ...cell.host });
  const world = await RemoteWorld.on(host, { sim: cell.sim });
  world.writeClip();
  const proof = await played(world, cell);
  record(cell, proof, performance.now() - begin);
});

async function played(world: RemoteWorld, cell: Cell): Promise<string> {
  try {
    const { job, proof } = await cell.play(world);
    expect(proof, 'the fault never happened').not.toBe('');
    await expectAftermath(world, job, cell);
    return proof;
  } catch (error) {
    console.log(`The daemon's troubles in "${cell.name}":\n${world.troubles()}`);
    throw error;
  }
}

afterAll(() => {
  console.table(table);
  if (wanted !== undefined) console.table(NO_CELLS.filter(({ name }) => isWanted(name)));
  const empty = cells.map(({ name }) => name).filter((name) => !table.some(({ cell }) => cell === name));
  expect(empty, 'cells of the matrix that nothing was seen of').toEqual([]);
});

function record({ name, starts }: Cell, proof: string, ms: number): void {
  table.push({ cell: name, proof: proof.slice(0, 60), starts, seconds: (ms / 1000).toFixed(1) });
}
