import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import { lastScreen } from '../../../../daemon/demo/last-screen.js';
import { proofsOf } from '../../../../daemon/demo/proofs.js';
import { sampleFacts } from '../sample-facts.js';
import { sampleHost } from './sample-host.js';

const facts = sampleFacts({ host: sampleHost() });
const colors = picocolors.createColors(false);
const screen = lastScreen({ facts, proofs: proofsOf(facts), colors, seconds: 55, platform: 'linux' }).join('\n');

test('says what was real and what was simulated, and that the video is no result of the model', () => {
  const text = screen.replace(/\s+/g, ' ');
  expect(text).toContain('It is no result of Transfer 2.5');
  expect(text).toContain('SIMULATED is burned into every frame');
  const [, real = '', simulated = ''] = /What was real (.*) What was simulated (.*) Proved in/.exec(text) ?? [];
  for (const part of ['SSH', 'Transfer', 'Docker', 'Adoption']) expect(real).toContain(`+ ${part}:`);
  for (const part of ['The model', 'The GPUs', 'The distance']) expect(simulated).toContain(`- ${part}:`);
  expect(text).not.toContain('This is a preview');
});

test('no line is wider than 100 columns', () => {
  for (const line of screen.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});
