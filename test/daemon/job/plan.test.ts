import { expect, test } from 'vitest';
import { type Candidate, shareRun } from '../../../daemon/job/batch.js';
import { type FreeSlot, type GroupHistory, type PlanInput, plan } from '../../../daemon/job/plan.js';
import { job } from '../../support/jobs.js';

const settings = job().settings;

/** "a@farm:depth" = job a, wanted on farm, batch key depth. */
function candidate(text: string): Candidate {
  const [, id = '', host = null, batchKey = ''] = /^(\w+)(?:@(\w+))?:(\w+)$/.exec(text) ?? [];
  return { job: job({ id, settings: { ...settings, host } }), batchKey };
}

const candidates = (text: string) => text.split(' ').map(candidate);
const slots = (text: string): FreeSlot[] =>
  text.split(' ').map((each) => {
    const [host = '', slot] = each.split(':');
    return { host, slot: Number(slot), engines: ['preview'], pricePerHour: 0 };
  });
const history = (change: Partial<GroupHistory>): GroupHistory => ({
  succeeded: true,
  running: 0,
  failures: [],
  ...change,
});
const known = (change: Partial<GroupHistory> = {}) => new Map([['depth', history(change)]]);

const base: PlanInput = {
  ...{ candidates: [], freeSlots: slots('local:0'), groups: known() },
  ...{ paused: false, canary: true, groupPause: 3 },
};

interface Case {
  readonly what: string;
  readonly input: Partial<PlanInput>;
  /** "a>local:0" a planned run; "b: Waits" the beginning of a reason. */
  readonly expected: string[];
}

const cases: Case[] = [
  { what: 'nothing waits', input: {}, expected: [] },
  { what: 'one job, one slot', input: { candidates: candidates('a:depth') }, expected: ['a>local:0'] },
  {
    what: 'in order, while slots last',
    input: { candidates: candidates('a:depth b:depth c:depth'), freeSlots: slots('local:0 local:1') },
    expected: ['a>local:0', 'b>local:1', 'c: Waits for a free slot.'],
  },
  {
    what: 'a paused queue starts nothing',
    input: { candidates: candidates('a:depth'), paused: true },
    expected: ['a: The queue is paused.'],
  },
  {
    what: 'a wanted host is waited for; the next may go first',
    input: { candidates: candidates('a@farm:depth b:depth') },
    expected: ['b>local:0', 'a: Waits for a free slot on farm.'],
  },
  {
    what: 'a wanted host is used',
    input: { candidates: candidates('a@farm:depth b:depth'), freeSlots: slots('local:0 farm:3') },
    expected: ['a>farm:3', 'b>local:0'],
  },
  {
    what: 'a slot that cannot run the engine is no slot',
    input: {
      candidates: candidates('a:depth'),
      freeSlots: [{ ...base.freeSlots[0], engines: ['cosmos3'] } as FreeSlot],
    },
    expected: ['a: Waits for a free slot.'],
  },
  {
    what: 'canary: a new group sends one ahead',
    input: { candidates: candidates('a:new b:new c:depth'), freeSlots: slots('local:0 local:1') },
    expected: ['a>local:0', 'c>local:1', 'b: Waits until the first job'],
  },
  {
    what: 'canary: while it runs the others wait',
    input: { candidates: candidates('a:depth'), groups: known({ succeeded: false, running: 1 }) },
    expected: ['a: Waits until the first job'],
  },
  {
    what: 'canary: when it has failed the next one is it',
    input: { candidates: candidates('a:depth b:depth'), groups: known({ succeeded: false, failures: ['host'] }) },
    expected: ['a>local:0', 'b: Waits until the first job'],
  },
  {
    what: 'canary switched off',
    input: { candidates: candidates('a:new b:new'), freeSlots: slots('local:0 local:1'), canary: false },
    expected: ['a>local:0', 'b>local:1'],
  },
  {
    what: 'three failures of one class pause their group, and no other',
    input: {
      candidates: candidates('a:depth b:seg'),
      groups: new Map([
        ['depth', history({ failures: ['user', 'host', 'host', 'host'] })],
        ['seg', history({})],
      ]),
    },
    expected: ['b>local:0', 'a: Its group is paused after 3 host failures in a row'],
  },
  {
    what: 'failures of different classes do not',
    input: { candidates: candidates('a:depth'), groups: known({ failures: ['host', 'host', 'user', 'host'] }) },
    expected: ['a>local:0'],
  },
  {
    what: 'members of one group may share a run',
    input: { candidates: candidates('a:depth b:seg c:depth d@farm:depth e:depth'), memberLimit: 2 },
    expected: ['a+c>local:0', 'b: Waits for', 'd: Waits for', 'e: Waits for'],
  },
  {
    what: 'a canary goes alone',
    input: { candidates: candidates('a:new b:new'), memberLimit: 2 },
    expected: ['a>local:0', 'b: Waits until the first job'],
  },
];

test.each(cases)('$what', ({ input, expected }) => {
  const { runs, waiting } = plan({ ...base, ...input });
  const said = [
    ...runs.map(({ host, slot, jobs }) => `${jobs.map(({ id }) => id).join('+')}>${host}:${slot}`),
    ...waiting.map(({ job: id, reason }) => `${id}: ${reason}`),
  ];
  expect(said).toHaveLength(expected.length);
  for (const [index, text] of said.entries()) expect(text).toContain(expected[index]);
});

test('a planned run carries all that a claim needs', () => {
  const [a] = candidates('a:depth');
  const planned = plan({
    ...base,
    candidates: a ? [a] : [],
    freeSlots: [{ ...slots('farm:1')[0], pricePerHour: 2 } as FreeSlot],
  });
  expect(planned.runs).toEqual([
    { host: 'farm', slot: 1, engine: 'preview', batchKey: 'depth', pricePerHour: 2, jobs: [a?.job] },
  ]);
});

test('a run has one member unless more are allowed', () => {
  const [first, ...others] = candidates('a:depth b:depth c:seg d:depth');
  if (first === undefined) throw new Error('no candidate');
  expect(shareRun(first, others)).toEqual([first]);
  expect(shareRun(first, others, 8).map((member) => member.job.id)).toEqual(['a', 'b', 'd']);
});
