import assert from 'node:assert/strict';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import { commands, DataTransfer, window } from 'vscode';
import type { Parts } from '../../../extension/src/extension.js';
import type { Job } from '../../../schemas/received.js';
import { exportsFolder, inStore, parts, selects, writeSequences } from './parts.js';

suite('queue', () => {
  let clip: string;

  suiteSetup(async () => {
    writeSequences(path.join(exportsFolder(), 'queue-area'), { passes: ['color', 'depth'] });
    const found = await inStore((store) =>
      [...store.clips.values()].find(({ name, state }) => name === 'queue-area' && state === 'ready'),
    );
    clip = found.id;
    await commands.executeCommand('cosmos.queue.pause');
    await inStore(({ queue }) => queue.paused || undefined);
  });

  suiteTeardown(async () => {
    const { store } = await parts();
    const waiting = [...store.jobs.values()].filter((job) => job.clip === clip && isWaiting(job)).map(({ id }) => id);
    if (waiting.length > 0) await commands.executeCommand('cosmos.job.cancel', { job: waiting[0] }, waiting);
    await commands.executeCommand('cosmos.queue.resume');
    await inStore(({ queue }) => !queue.paused || undefined);
  });

  test('a sent clip stands in the group Queued, is revealed and selected', async () => {
    const { queue } = await parts();
    await commands.executeCommand('cosmos.clip.send', { clip });
    const job = await inStore((store) => [...store.jobs.values()].find((one) => one.clip === clip));
    await inStore((store) => store.jobs.get(job.id)?.state === 'queued' || undefined);
    assert.equal(rows(queue, 'queued').includes(job.id), true);
    await selects(queue, `job:${job.id}`);
    const [row] = queue.view.selection;
    assert.equal(row && queue.tree.getTreeItem(row).command?.command, 'cosmos.job.edit'); // it has no video yet
  });

  test('run next, priority by the daemon, cancel and retry move a job between the groups', async () => {
    const { queue, link } = await parts();
    const { jobs } = await link.call('job.submit', { targets: [clip] });
    const id = idOf(jobs[0]);
    await inStore((store) => store.jobs.get(id)?.state === 'queued' || undefined);
    await commands.executeCommand('cosmos.job.runNext', { job: id });
    await inStore(() => rows(queue, 'queued')[0] === id || undefined);
    await commands.executeCommand('cosmos.job.cancel', { job: id });
    await inStore(() => rows(queue, 'done').includes(id) || undefined);
    await commands.executeCommand('cosmos.job.retry', { job: id });
    await inStore(() => rows(queue, 'queued').includes(id) || undefined);
  });

  test('jobs are dragged before another, and behind the last', async () => {
    const { queue, link } = await parts();
    const { jobs } = await link.call('job.submit', { targets: [clip], sweep: { seed: [11, 12, 13] } });
    const [a, b, c] = jobs.map(({ id }) => id) as [string, string, string];
    const order = () => rows(queue, 'queued').filter((id) => [a, b, c].includes(id));
    await inStore(() => order().length === 3 || undefined);
    await drag(queue, [b, c], a);
    await inStore(() => isDeepStrictEqual(order(), [b, c, a]) || undefined);
    await drag(queue, [b], a);
    await inStore(() => isDeepStrictEqual(order(), [c, a, b]) || undefined);
  });

  test('the spec as run opens read-only', async () => {
    const { store } = await parts();
    const job = [...store.jobs.values()].find((one) => one.clip === clip && one.state === 'queued');
    await commands.executeCommand('cosmos.job.showSpec', { job: idOf(job) });
    const document = window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'cosmos-as-run');
    assert.equal(typeof JSON.parse(document?.getText() ?? ''), 'object');
    await commands.executeCommand('workbench.action.closeActiveEditor');
  });
});

function rows(queue: Parts['queue'], group: 'queued' | 'done'): string[] {
  return queue.jobsOf(group).map(({ id }) => id);
}

/** As the window does it: takes rows of the group, and drops them on another. */
async function drag({ tree, drop }: Parts['queue'], jobs: readonly string[], onto: string): Promise<void> {
  const group = tree.childrenOf().find(({ id }) => id === 'group:queued');
  const nodes = tree.childrenOf(group);
  const rowOf = (job: string) => nodes.find(({ id }) => id === `job:${job}`);
  const data = new DataTransfer();
  drop.handleDrag(
    jobs.flatMap((job) => rowOf(job) ?? []),
    data,
  );
  await drop.handleDrop(rowOf(onto), data);
}

function isWaiting({ state }: Job): boolean {
  return state === 'queued' || state === 'preparing' || state === 'held';
}

function idOf(job: Job | undefined): string {
  assert.ok(job);
  return job.id;
}
