/** The sentence beside the button that sends, what is asked before, and what is told afterwards. */
import { expect, test } from 'vitest';
import { checkSpec } from '../../../daemon/workload/dialects/check.js';
import { jobLead, jobNotice } from '../../../extension/src/editor/job-words.js';
import { repairable, repairOf } from '../../../extension/src/editor/repairs.js';
import { questionFor, type SendFacts, sendState, sentNotice } from '../../../extension/src/editor/send-words.js';
import type { CheckReport, Issue, Plan } from '../../../schemas/index.js';
import { makeHost, makeJob } from '../../support/messages.js';
import { readSpec } from './facts.js';

function report(...messages: string[]): CheckReport {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
  const issues = messages.map((message): Issue => {
    return { ...place, severity: 'error', source: 'nvidia', code: 'x', path: [], message };
  });
  const ok = issues.length === 0;
  return { file: 'a.json', engine: 'transfer2.5', nvidia: ok ? 'accepts' : 'rejects', stage: null, ok, issues };
}

const FACTS: SendFacts = {
  ...{ isTrusted: true, refused: '', prompt: 'Rain', report: report(), engine: 'transfer2.5', host: null },
  hosts: [makeHost()],
};

test.each<[Partial<SendFacts>, string, string | null]>([
  [{}, '', null],
  [{ report: report('edge is 3') }, '1 error: edge is 3.', 'error'],
  [{ report: report('edge is 3', 'b') }, '2 errors, first: edge is 3.', 'error'],
  [{ prompt: ' ' }, 'Write a prompt: it says what the video shows.', 'prompt'],
  [{ refused: 'lot is not ready: depth misses frame 3.' }, 'lot is not ready: depth misses frame 3.', null],
  [{ report: null }, 'It is being checked...', null],
  [{ engine: 'cosmos3' }, 'No host here can run Cosmos 3: choose another model, or add a host.', null],
  [{ isTrusted: false }, 'This workspace is not trusted: nothing can be sent from it.', null],
])('%j is said beside the button', (changes, blocked, leadsTo) => {
  expect(sendState('Send', { ...FACTS, ...changes })).toMatchObject({ label: 'Send', blocked, leadsTo });
});

test('what costs money says so before it is sent', () => {
  expect(sendState('Send', FACTS).said).toBe('Costs money ($2.50 an hour): you are asked before it is sent.');
  expect(sendState('Send', { ...FACTS, hosts: [makeHost({ pricePerHour: 0 })] }).said).toBe('');
});

test('money and a template are asked for; nothing else is', () => {
  const plan: Plan = {
    ...{ name: 'lot', engine: 'transfer2.5', host: null, prompt: 'A scene.', promptSource: 'submit', inputs: [] },
    ...{ bytes: 1, spec: '{}', check: report(), estimate: null, wouldHold: null },
  };
  expect(questionFor(plan, 0)).toBeNull();
  expect(questionFor(plan, 2.5)?.yes).toBe('Send');
  const template = { ...plan, promptSource: 'template', wouldHold: 'held' };
  expect(questionFor(template, 2.5)).toMatchObject({
    yes: 'Send with This Prompt',
    details: expect.arrayContaining(['Its prompt is a template that was not edited: "A scene."']),
  });
  expect(questionFor(template, 0)?.message).toBe('Send lot with a template as its prompt?');
  expect(questionFor({ ...template, engine: 'preview', wouldHold: null }, 0)).toBeNull();
  expect(questionFor({ ...template, engine: 'preview', wouldHold: null }, 1)?.yes).toBe('Send with This Prompt');
});

test('what became of it is told as it goes on', () => {
  const said = (changes: object) => sentNotice(makeJob(changes), 'lot (14:02)');
  const buttons = (changes: object) => said(changes)?.actions.map(({ label }) => label);
  expect(said({ state: 'queued' })?.sentence).toBe('Sent as lot (14:02): queued.');
  expect(buttons({ state: 'queued', attempt: 0 })).toEqual(['See It in the Queue']);
  expect(buttons({ state: 'running', attempt: 1 })).toEqual(['Open Its Log', 'See It in the Queue']);
  const times = { startedAt: '2026-01-01T00:00:00.000Z', endedAt: '2026-01-01T00:00:08.000Z' };
  const done = { state: 'succeeded', attempt: 1, output: '/a.mp4', ...times };
  expect(said(done)?.sentence).toBe('Sent as lot (14:02): done, it took 8s.');
  expect(buttons(done)?.[0]).toBe('Open Video');
  expect(said({ state: 'failed', reason: 'the host is gone.' })?.sentence).toBe(
    'Sent as lot (14:02): failed: the host is gone.',
  );
  expect(sentNotice(undefined, '')).toBeNull();
});

test('a job says what it is, and what is changed here', () => {
  const times = { startedAt: '2026-01-01T00:00:00.000Z', endedAt: '2026-01-01T00:00:08.000Z' };
  expect(jobLead(makeJob({ state: 'queued' }), false)).toBe(
    'lot waits in the queue. It has not started: what you change here is saved to it.',
  );
  expect(jobLead(makeJob({ state: 'succeeded', host: 'h100', ...times }), true)).toBe(
    'lot ran on h100 and took 8s. What you change here becomes a new job; this one stays as it is.',
  );
  expect(jobLead(makeJob({ state: 'failed', reason: 'no room' }), true)).toMatch(/^lot failed: no room\. What/);
  expect(jobNotice(makeJob(), 'idle', undefined)).toBeNull();
  expect(jobNotice(makeJob(), 'conflict', undefined)?.actions.map(({ action }) => action)).toEqual([
    ...['apply', 'variation', 'discard'],
  ]);
});

const HEAVY = {
  ...{ name: 'lot', prompt: 'Rain', video_path: 'c.mp4' },
  ...{ edge: { control_weight: 0.8 }, depth: { control_weight: 0.8 } },
};

test('the offer of a finding becomes one change of the weights, by the words that a person pressed', () => {
  const spec = readSpec(HEAVY);
  const checked = checkSpec('lot.json', spec.text, { engine: 'transfer2.5' });
  const { issues } = repairable(checked, spec);
  const sum = issues.find(({ code }) => code === 'weight_sum');
  const says = sum?.offers?.[0]?.says ?? '';
  expect(says).toBe('Write edge 0.5, depth 0.5.');
  expect(repairOf(checked, spec, 'weight_sum', says)).toEqual({ field: 'weights', values: { edge: 0.5, depth: 0.5 } });
  expect(repairOf(checked, spec, 'weight_sum', 'rm -rf')).toBeUndefined();
});

test('what changes anything but weights is not offered where there is no text', () => {
  const spec = readSpec({ ...HEAVY, promt: 'x' });
  const place = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  const issue: Issue = {
    ...{ ...place, severity: 'error', source: 'nvidia', code: 'x', path: [], message: 'm' },
    offers: [{ says: 'Remove it.', edits: [{ line: 3, column: 1, endLine: 4, endColumn: 1, text: '' }] }],
    edits: [{ ...place, text: ' ' }],
  };
  expect(repairable({ ...report(), issues: [issue] }, spec).issues).toEqual([
    expect.not.objectContaining({ offers: expect.anything() }),
  ]);
});
