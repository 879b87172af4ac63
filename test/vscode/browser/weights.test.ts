/** The prompt and weights editor, as a person uses it: on a spec file, and on a job that waits. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { openWindow, startScene } from '../support/fixtures.js';

/** Oddly laid out, with a comment: all of it has to survive. */
const SPEC = `{
    "name": "street",   "prompt": "Rain at night",
    "video_path": "inputs/color.mp4",
    // lined up by hand
    "edge":  { "control_weight":  0.40 },
    "depth": { "control_path": "inputs/depth.mp4", "control_weight": 0.3 }
}
`;

/** The same as NVIDIA reads it: what it does not accept is not translated. */
const PLAIN = SPEC.replace(/.*by hand\n/, '').replace('Rain', 'Snow');
/** What of it Cosmos 3 calls by other names. */
const TRANSLATED = { vision_path: 'inputs/color.mp4', edge: { weight: 0.4 }, depth: { weight: 0.3 } };

/** What a screen reader reads, from top to bottom. */
const NAMED = new RegExp(
  ['combobox "Model"', 'textbox "Prompt"', 'spinbutton "Seed"', 'heading "Controls"', 'switch "Edges"']
    .concat(['slider "Edges: weight"', 'spinbutton "Edges: weight"', 'switch "Depth"', 'slider "Depth: weight"'])
    .join('.*'),
  's',
);

/** Milliseconds for what takes a moment: many times what an idle machine needs. */
const PATIENCE = 60_000;

/** Takes the thumb of a slider from one share (0 to 1) of the way to another, with the mouse. */
async function drag(slider: Locator, from: number, to: number): Promise<void> {
  const box = await slider.boundingBox();
  if (box === null) throw new Error('the slider is not to be seen');
  const thumb = 16; // its centre goes from half its width to half its width before the end
  const at = (share: number) => ({ x: thumb / 2 + share * (box.width - thumb), y: box.height / 2 });
  await slider.dragTo(slider, { sourcePosition: at(from), targetPosition: at(to) });
}

/** The rows move down while the verdict and its findings come in. */
async function checked(webview: FrameLocator): Promise<void> {
  await webview.getByText('The check found').waitFor();
}

/** The size of the picture of a pass, as the browser decoded it. */
function pictureWidth(webview: FrameLocator, block: string): Promise<number> {
  return webview.locator(`[data-block=${block}] img`).evaluate((picture) => Reflect.get(picture, 'naturalWidth'));
}

test('a weight dragged in a spec changes one number, shows what it comes to, and is undone by one undo', async () => {
  const { space } = await startScene();
  const file = path.join(space.exports, 'street', 'street.cosmos.json');
  writeFileSync(file, SPEC);
  const workbench = await openWindow(space, {
    settings: { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 100 },
  });
  await workbench.openFile('street.cosmos.json');
  await workbench.page.locator('.monaco-editor .view-line').filter({ hasText: 'street' }).first().waitFor();
  await workbench.runCommand('Open Prompt and Weights');
  const edge = workbench.webview.locator('[data-block=edge]');
  const slider = edge.locator('input[type=range]');
  await slider.waitFor();
  expect(await edge.locator('output').textContent()).toBe('acts as 0.4');

  await checked(workbench.webview);
  await drag(slider, 0.4, 0.75);
  const weight = Number(await slider.inputValue());
  expect(weight).toBeGreaterThan(0.6);
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toBe(SPEC.replace('0.40', String(weight))), PATIENCE);
  expect(await edge.locator('output').textContent()).toBe(`acts as ${weight}`);
  await workbench.webview.getByText(`Weights add up to ${Math.round((weight + 0.3) * 100) / 100}`).waitFor();

  await slider.press('Control+z');
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toBe(SPEC), PATIENCE);
  await vi.waitFor(async () => expect(await slider.inputValue()).toBe('0.4'), PATIENCE);

  writeFileSync(file, PLAIN);
  const prompt = workbench.webview.getByLabel('Prompt', { exact: true });
  await vi.waitFor(async () => expect(await prompt.inputValue()).toBe('Snow at night'), PATIENCE);
  const model = workbench.webview.getByLabel('Model', { exact: true });
  await model.selectOption('cosmos3');
  await workbench.webview.getByText('The text is one for Cosmos 3 now').waitFor();
  await vi.waitFor(() => expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(TRANSLATED), PATIENCE);
  await model.press('Control+z');
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toBe(PLAIN), PATIENCE);

  expect(await workbench.webview.locator('main').ariaSnapshot()).toEqual(expect.stringMatching(NAMED));
  await workbench.reload('cosmos.weights');
  await vi.waitFor(async () => expect(await slider.inputValue()).toBe('0.4'), PATIENCE);
});

test('a weight dragged in the form of a waiting job reaches it, and so does its undo; too late, it becomes a variation', async () => {
  const { space, daemon } = await startScene();
  const client = await daemon.connect();
  await client.call('queue.pause', {});
  await vi.waitFor(async () => {
    const { clips } = await client.call('clip.list', {});
    expect(clips).toMatchObject([{ name: 'street', state: 'ready' }]);
  }, PATIENCE);
  const options = { prompt: 'Rain at night', weights: { edge: 0.4, depth: 0.3 } };
  const { jobs } = await client.call('job.submit', { targets: ['street'], options });
  const id = jobs[0]?.id ?? '';
  const weightOf = async () => {
    const { job } = await client.call('job.get', { id });
    return [job.state, job.settings.weights.edge];
  };

  const workbench = await openWindow(space);
  await workbench.activity('Cosmos Bridge').click();
  const row = workbench.rows('Queue').filter({ hasText: 'street' });
  await row.hover();
  await row.locator('.action-label[aria-label^="Edit Prompt and Weights"]').click();
  const edge = workbench.webview.locator('[data-block=edge]');
  const slider = edge.locator('input[type=range]');
  await vi.waitFor(async () => expect(await slider.inputValue()).toBe('0.4'), PATIENCE);

  await checked(workbench.webview);
  await vi.waitFor(async () => expect(await pictureWidth(workbench.webview, 'depth')).toBe(192), PATIENCE);
  await drag(slider, 0.4, 0.75);
  const weight = Number(await slider.inputValue());
  await vi.waitFor(async () => expect(await weightOf()).toEqual(['queued', weight]), PATIENCE);
  expect(await edge.locator('output').textContent()).toBe(`acts as ${weight}`);

  await slider.press('Control+z');
  await vi.waitFor(async () => expect(await weightOf()).toEqual(['queued', 0.4]), PATIENCE);
  await vi.waitFor(async () => expect(await slider.inputValue()).toBe('0.4'), PATIENCE);

  await workbench.reload(id);
  await vi.waitFor(async () => expect(await slider.inputValue()).toBe('0.4'), PATIENCE);
  await checked(workbench.webview);
  await client.call('queue.resume', {});
  await workbench.webview
    .getByText('street has started.')
    .or(workbench.webview.getByText('street has ended.'))
    .waitFor();
  await drag(slider, 0.4, 0.75);
  await workbench.webview.getByRole('button', { name: 'Queue as a Variation' }).click();
  await vi.waitFor(async () => {
    const { jobs } = await client.call('job.list', {});
    expect(jobs.map(({ settings }) => settings.weights.edge)).toEqual([0.4, weight]);
  }, PATIENCE);
});
