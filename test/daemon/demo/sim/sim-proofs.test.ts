import { expect, test } from 'vitest';
import { proofsOf } from '../../../../daemon/demo/proofs.js';
import { successReport } from '../../../../daemon/demo/report.js';
import type { HostFacts } from '../../../../daemon/demo/sim/sim-facts.js';
import { hostGone } from '../../../../daemon/demo/sim/sim-proofs.js';
import { sampleFacts } from '../sample-facts.js';
import { CONTAINER, sampleHost, sighting } from './sample-host.js';

const seen = sampleFacts();
const NAMES = [
  ...['late frame', 'survival', 'ran once', 'adoption', 'transfer', 'progress', 'freed', 'journal', 'output', 'spec'],
] as const;

/** With the video of a model: no preview. */
function factsWith(host: HostFacts) {
  return sampleFacts({ host, result: { ...seen.result, preview: false } });
}

test('everything holds when everything was seen', () => {
  expect(proofsOf(factsWith(sampleHost())).map(({ holds }) => holds)).toEqual(NAMES.map(() => true));
});

const other = sighting([60_000, 0], ['d'.repeat(64)]);
const defects: [(typeof NAMES)[number], string, Partial<HostFacts>][] = [
  ['ran once', 'the program began twice', { told: { processes: 2, inputs: ['d'.repeat(64)] } }],
  ['adoption', 'the container was gone when no daemon lived', { orphaned: sighting([60_000, 0], []) }],
  ['adoption', 'the next daemon had another container', { adopted: other }],
  ['adoption', 'the container was gone when the next daemon was there', { adopted: sighting([0, 0], []) }],
  ['adoption', 'Docker has started it twice', { starts: ['cosmos-run-1', 'cosmos-run-1'] }],
  ['transfer', 'the container read other bytes', { told: { processes: 1, inputs: ['e'.repeat(64)] } }],
  ['transfer', 'the container read nothing', { told: { processes: 1, inputs: [] } }],
  ['progress', 'it fell', { monotone: false }],
  ['progress', 'no steps were told', { stages: ['loading the model', 'finished'] }],
  ['freed', 'memory stays in use', { after: sighting([0, 512], []) }],
  ['freed', 'the container stays', { after: sighting([0, 0], [CONTAINER]) }],
  ['freed', 'it had both GPUs', { orphaned: sighting([60_000, 60_000], [CONTAINER]) }],
  ['output', 'the size is not what the spec asks for', { expected: { ...sampleHost().expected, width: 1280 } }],
];

test.each(defects)('%s fails, and it alone, when %s', (name, _what, change) => {
  const proofs = proofsOf(factsWith(sampleHost(change)));
  expect(NAMES.filter((_, i) => proofs[i]?.holds === false)).toEqual([name]);
});

test('a preview is no result of a host', () => {
  const proofs = proofsOf(sampleFacts({ host: sampleHost() }));
  expect(NAMES.filter((_, i) => proofs[i]?.holds === false)).toEqual(['output']);
});

test('what is left of the host fails the last proof', () => {
  expect(hostGone('sim', true).holds).toBe(true);
  expect(hostGone('sim', false).holds).toBe(false);
});

test('the report names host, engine and container; without a host it has none of them', () => {
  const facts = factsWith(sampleHost());
  expect(successReport(facts, proofsOf(facts), 50)).toMatchObject({
    ...{ ok: true, engine: 'transfer2.5', simulated: true },
    host: { name: 'sim', container: CONTAINER, sentBytes: 1000, receivedBytes: facts.result.bytes },
  });
  const plain = Object.keys(successReport(seen, proofsOf(seen), 30));
  expect(plain).not.toEqual(expect.arrayContaining(['host']));
  expect(plain).not.toEqual(expect.arrayContaining(['engine']));
});
