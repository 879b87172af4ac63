/** The prompt and weights editor, as a person uses it: on a spec file, on a clip, and on its job as it goes on. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { openWindow, startScene } from '../support/fixtures.js';
import { checked, drag } from '../support/form.js';

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

/** The end of the form of a clip: all that can be done with it. */
const BUTTONS = /button "Send".*button "Dry Run".*button "Save as Preset\.\.\."/s;

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
  await workbench.webview.getByRole('button', { name: 'Send...' }).waitFor();
  await workbench.page.locator('.tab.active').filter({ hasText: 'street.cosmos.json: prompt and weights' }).waitFor();
  await drag(slider, 0.4, 0.75);
  const weight = Number(await slider.inputValue());
  expect(weight).toBeGreaterThan(0.6);
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toBe(SPEC.replace('0.40', String(weight))));
  expect(await edge.locator('output').textContent()).toBe(`acts as ${weight}`);
  await workbench.webview.getByText(`Weights add up to ${Math.round((weight + 0.3) * 100) / 100}`).waitFor();

  await slider.press('Control+z');
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toBe(SPEC));
  await vi.waitFor(async () => expect(await slider.inputValue()).toBe('0.4'));

  writeFileSync(file, PLAIN);
  const prompt = workbench.webview.getByLabel('Prompt', { exact: true });
  await vi.waitFor(async () => expect(await prompt.inputValue()).toBe('Snow at night'));
  const model = workbench.webview.getByLabel('Model', { exact: true });
  await model.selectOption('cosmos3');
  await workbench.webview.getByText('The text is one for Cosmos 3 now').waitFor();
  await vi.waitFor(() => expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(TRANSLATED));
  await model.press('Control+z');
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toBe(PLAIN));

  expect(await workbench.webview.locator('main').ariaSnapshot()).toEqual(expect.stringMatching(NAMED));
  await workbench.reload('cosmos.weights');
  await vi.waitFor(async () => expect(await slider.inputValue()).toBe('0.4'));
});

test('a clip is sent from its form; its job is changed while it waits, and varied when it is done', async () => {
  const { space, daemon } = await startScene();
  const client = await daemon.connect();
  await client.call('queue.pause', {});
  const workbench = await openWindow(space);
  const { webview: form } = workbench;
  const [edge, depth] = ['edge', 'depth'].map((block) => form.locator(`[data-block=${block}]`)) as [Locator, Locator];
  const slider = edge.locator('input[type=range]');
  const prompt = form.getByLabel('Prompt', { exact: true });
  const sent = async () => {
    const { jobs } = await client.call('job.list', {});
    return jobs.map(({ settings }) => [settings.prompt, settings.weights.edge]);
  };

  await workbench.activity('Cosmos Bridge').click();
  await workbench.rows('Clips').filter({ hasText: '8 frames' }).click();
  await checked(form);
  await vi.waitFor(async () => expect(await pictureWidth(form, 'depth')).toBe(192));
  await prompt.fill('Rain at night');
  await edge.getByRole('switch').check();
  await slider.waitFor();
  await drag(slider, 1, 0.4);
  const first = Number(await slider.inputValue());
  expect(first).toBeLessThan(0.6);
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await vi.waitFor(async () => expect(await sent()).toEqual([['Rain at night', first]]));
  await form.getByText('Sent as street').waitFor();
  expect(await form.locator('main').ariaSnapshot()).toEqual(expect.stringMatching(BUTTONS));

  const { jobs } = await client.call('job.list', {});
  const id = jobs[0]?.id ?? '';
  const weightOf = async () => {
    const { job } = await client.call('job.get', { id });
    return [job.state, job.settings.weights.edge];
  };
  const row = workbench.rows('Queue').filter({ hasText: 'street' });
  await row.hover();
  await row.locator('.action-label[aria-label^="Edit Prompt and Weights"]').click();
  await form.getByText('what you change here is saved to it').waitFor();
  await vi.waitFor(async () => expect(await slider.inputValue()).toBe(String(first)));
  await checked(form);
  await drag(slider, first, 0.75);
  const second = Number(await slider.inputValue());
  await vi.waitFor(async () => expect(await weightOf()).toEqual(['queued', second]));
  expect(await edge.locator('output').textContent()).toBe(`acts as ${second}`);
  await slider.press('Control+z');
  await vi.waitFor(async () => expect(await weightOf()).toEqual(['queued', first]));
  await vi.waitFor(async () => expect(await slider.inputValue()).toBe(String(first)));

  await workbench.reload(id);
  await vi.waitFor(async () => expect(await slider.inputValue()).toBe(String(first)));
  await client.call('queue.resume', {});
  await form.getByText('What you change here becomes a new job').waitFor();
  await form.getByText(/street\S* ran on local and took/).waitFor();
  await drag(slider, first, 0.75);
  await prompt.fill('Snow at noon');
  const third = Number(await slider.inputValue());
  await prompt.press('Control+Enter');
  await vi.waitFor(async () => {
    expect(await sent()).toEqual([
      ['Rain at night', first],
      ['Snow at noon', third],
    ]);
  });
  expect(third).toBeGreaterThan(0.6);
  await depth.getByRole('switch').waitFor(); // the form stays, to be sent again
});
