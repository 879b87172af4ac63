import { expect, test } from 'vitest';
import { sendQuestion } from '../../extension/src/commands/send-question.js';
import type { Estimate, Plan } from '../../schemas/index.js';

const estimate: Estimate = {
  engine: 'transfer2.5',
  gpu: 'H100',
  gpus: 1,
  frames: 121,
  chunks: 2,
  framesPerChunk: 93,
  secondsPerChunk: 264,
  seconds: 528,
  dollars: 0.4,
  source: 'table',
  confidence: 'published',
  hint: '93 frames would be one chunk.',
};

function plan(changes: Partial<Plan> = {}): Plan {
  return {
    name: 'lot',
    engine: 'transfer2.5',
    host: 'gpu1',
    prompt: 'p',
    promptSource: 'submit',
    inputs: [],
    bytes: 2_000_000,
    spec: '{}',
    check: { file: 'lot.json', engine: 'transfer2.5', nvidia: 'accepts', stage: null, ok: true, issues: [] },
    estimate,
    wouldHold: null,
    ...changes,
  };
}

test('says what would run where, for how long and for how much', () => {
  const { message, details } = sendQuestion([plan()], 2.5);
  expect(message).toBe('Send lot for about $0.40?');
  expect(details).toEqual([
    'lot · Transfer 2.5 · gpu1 · 2 MB · 2 chunks · ≈ 8m · ≈ $0.40 · 93 frames would be one chunk.',
    'The host costs $2.50 an hour. Loading the model and sending files come on top.',
  ]);
});

test('many are added up and the long tail is counted; an unknown price is not guessed', () => {
  const many = sendQuestion(
    Array.from({ length: 10 }, () => plan()),
    2.5,
  );
  expect(many.message).toBe('Send 10 jobs for about $4.00?');
  expect(many.details).toContain('and 2 more');
  expect(sendQuestion([plan({ estimate: null }), plan()], 2.5).message).toBe('Send 2 jobs?');
});
