import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import { commands } from 'vscode';
import type { Clip, Job } from '../../../schemas/received.js';
import { exportsFolder, inStore, parts, selects, writeSequences } from './parts.js';

const NAMES = ['send-a', 'send-b'];

suite('send', () => {
  const clips = new Map<string, Clip>();

  suiteSetup(async () => {
    for (const name of NAMES) {
      writeSequences(path.join(exportsFolder(), name), { passes: ['color'] });
      clips.set(name, await readyClip(name));
    }
    await commands.executeCommand('cosmos.queue.pause');
    await inStore(({ queue }) => queue.paused || undefined);
  });

  suiteTeardown(async () => {
    const { store } = await parts();
    const waiting = jobsOf(store, ...clips.values()).filter(({ state }) => /preparing|queued|held/.test(state));
    const ids = waiting.map(({ id }) => id);
    if (ids.length > 0) await commands.executeCommand('cosmos.job.cancel', ids[0], ids);
    await commands.executeCommand('cosmos.queue.resume');
    await inStore(({ queue }) => !queue.paused || undefined);
  });

  test('the paper plane sends with what was chosen last, each clip with its own prompt, without a question', async () => {
    const { choices, store } = await parts();
    const [a, b] = [need('send-a'), need('send-b')];
    await choices.remember(b, { engine: 'preview', prompt: 'Snow' });
    await choices.remember(a, { engine: 'preview', weights: { edge: 0.4, depth: 0.5 }, prompt: 'Rain', seed: 7 });
    await commands.executeCommand('cosmos.clip.sendSelected', { clip: a.id }, [{ clip: a.id }, { clip: b.id }]);
    const sent = await inStore(() => two(jobsOf(store, a, b)));
    assert.deepEqual(
      sent.map(({ name, settings }) => [name, settings.prompt, settings.weights, settings.set.seed]).sort(),
      [
        ['send-a', 'Rain', { edge: 0.4 }, 7], // the preview cannot compute depth, and the clip has none
        ['send-b', 'Snow', { edge: 0.4 }, 7],
      ],
    );
  });

  test('a clip that brings a new prompt of its own is sent with that', async () => {
    const { choices, store } = await parts();
    const a = need('send-a');
    const file = path.join(a.path, 'prompt.txt');
    writeFileSync(file, 'Fog');
    await inStore((the) => the.clips.get(a.id)?.promptFile ?? undefined);
    const own = await readyClip('send-a');
    assert.equal((await choices.current(own)).hasNewPrompt, true);
    const before = jobsOf(store, own).map(({ id }) => id);
    await commands.executeCommand('cosmos.clip.sendSelected', { clip: own.id });
    const job = await inStore((the) => jobsOf(the, own).find(({ id }) => !before.includes(id)));
    assert.deepEqual([job.settings.prompt, job.settings.promptSource], ['Fog', 'prompt.txt']);
  });

  test('a key is about the row that the keyboard is on, and about all selected ones when it is one of them', async () => {
    const { store, queue } = await parts();
    await commands.executeCommand('workbench.view.extension.cosmos');
    const [first, second] = await inStore(() => two(jobsOf(store, ...clips.values())));
    await commands.executeCommand('cosmos.job.reveal', second.id);
    await selects(queue, `job:${second.id}`);
    await commands.executeCommand('cosmos.queue.focus');
    await commands.executeCommand('list.focusFirst');
    for (const row of queue.tree.childrenOf(queue.tree.childrenOf().find(({ id }) => id === 'group:queued'))) {
      await commands.executeCommand('list.focusDown');
      if (row.id === `job:${first.id}`) break;
    }
    await commands.executeCommand('cosmos.job.cancel', { view: 'cosmos.queue' });
    await inStore((the) => the.jobs.get(first.id)?.state === 'cancelled' || undefined);
    assert.notEqual(store.jobs.get(second.id)?.state, 'cancelled');
  });

  test('one job is varied in its form, of many the seed is asked for', async () => {
    const { store } = await parts();
    const [job] = jobsOf(store, need('send-b'));
    await commands.executeCommand('cosmos.job.clone', { job: job?.id });
    assert.equal(jobsOf(store, need('send-b')).length, 1);
    await commands.executeCommand('workbench.action.closeActiveEditor');
  });

  function need(name: string): Clip {
    const clip = clips.get(name);
    assert.ok(clip);
    return clip;
  }
});

function readyClip(name: string): Promise<Clip> {
  return inStore((store) => [...store.clips.values()].find((clip) => clip.name === name && clip.state === 'ready'));
}

type Store = Awaited<ReturnType<typeof parts>>['store'];

function jobsOf({ jobs }: Pick<Store, 'jobs'>, ...clips: readonly Clip[]): Job[] {
  return [...jobs.values()].filter((job) => clips.some(({ id }) => id === job.clip));
}

function two([a, b]: readonly Job[]): [Job, Job] | undefined {
  return a === undefined || b === undefined ? undefined : [a, b];
}
