/** The walkthrough of the manifest, and what the extension ticks of it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { STEPS, WALKTHROUGH } from '../../extension/src/walkthrough-steps.js';

const manifest = JSON.parse(readFileSync(new URL('../../extension/package.json', import.meta.url), 'utf8'));
const [walkthrough] = manifest.contributes.walkthroughs;

test('a step is ticked by what is true, and by nothing else: not by a command, which may fail', () => {
  const steps = walkthrough.steps.map((step: { id: string; completionEvents: string[] }) => [
    step.completionEvents,
    step.id,
  ]);
  expect(steps).toEqual(Object.entries(STEPS).map(([key, id]) => [[`onContext:${key}`], id]));
  expect(`${manifest.publisher}.${manifest.name}#${walkthrough.id}`).toBe(WALKTHROUGH);
});

test('its title is not cut where VS Code lists it, which is after some 28 letters', () => {
  expect(walkthrough.title.length).toBeLessThanOrEqual(25);
});
