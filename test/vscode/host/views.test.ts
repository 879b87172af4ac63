import assert from 'node:assert/strict';
import path from 'node:path';
import { suite, suiteSetup, test } from 'mocha';
import { commands, type MarkdownString, window } from 'vscode';
import type { Parts } from '../../../extension/src/extension.js';
import type { TreeNode } from '../../../extension/src/views/tree.js';
import { exportsFolder, inStore, parts, selects, writeSequences } from './parts.js';

type View = Pick<Parts['clips'], 'tree'>;

suite('views', () => {
  let clip: string;
  let job: string;

  suiteSetup(async () => {
    writeSequences(path.join(exportsFolder(), 'views-area'), { passes: ['color', 'depth'] });
    const found = await inStore((store) =>
      [...store.clips.values()].find(({ name, state }) => name === 'views-area' && state === 'ready'),
    );
    clip = found.id;
    const { link } = await parts();
    const { jobs } = await link.call('job.submit', { targets: [clip], options: { prompt: 'a *quiet* yard' } });
    job = jobs[0]?.id ?? '';
    await inStore((store) => (store.jobs.get(job)?.state === 'succeeded' && store.results.get(job)) || undefined);
  });

  test('a watched folder has its clips below; its auto-send is switched on and off', async () => {
    const { clips } = await parts();
    const [folder] = clips.tree.childrenOf();
    assert.ok(folder);
    assert.equal(names(clips, folder).includes('views-area'), true);
    assert.match(contextOf(clips, folder), /^watch\.online\.manual/);
    await commands.executeCommand('cosmos.watch.autoSendOn', folder);
    await inStore(() => /\.auto\b/.test(contextOf(clips, folder)) || undefined);
    await commands.executeCommand('cosmos.watch.autoSendOff', folder);
    await inStore(() => /\.manual\b/.test(contextOf(clips, folder)) || undefined);
  });

  test('the local host says itself whether it is free, and below it is the way to more hosts', async () => {
    const { hosts } = await parts();
    const [local] = hosts.tree.childrenOf();
    assert.ok(local);
    assert.deepEqual(names(hosts), ['local', 'Add a Host...']);
    assert.match(contextOf(hosts, local), /^host\.local\.online\.active/);
    assert.deepEqual(names(hosts, local), []); // one slot needs no row
    await inStore(() => /^online · free/.test(String(hosts.tree.getTreeItem(local).description)) || undefined);
  });

  test('a result is judged, and the judgement is taken back', async () => {
    const { results } = await parts();
    const row = results.tree.childrenOf().find(({ id }) => id === `result:${job}`);
    assert.ok(row);
    await commands.executeCommand('cosmos.result.star', row);
    await inStore(() => /^result\.star\b/.test(contextOf(results, row)) || undefined);
    await commands.executeCommand('cosmos.result.unmark', row);
    await inStore(() => /^result\.unmarked\b/.test(contextOf(results, row)) || undefined);
  });

  test('a tooltip is made when somebody points: poster, and the prompt as words', async () => {
    const { results } = await parts();
    const row = results.tree.childrenOf().find(({ id }) => id === `result:${job}`);
    assert.ok(row);
    const item = results.tree.getTreeItem(row);
    assert.equal(item.tooltip, undefined);
    const { tooltip } = await results.tree.resolveTreeItem(item, row);
    const { value } = tooltip as MarkdownString;
    assert.match(value, /!\[poster\]\(file:/);
    assert.match(value, /a \\\*quiet\\\* yard/);
  });

  test('a clip is clicked for its form, a result for its video; a screen reader hears all that is short on the screen', async () => {
    const { clips, queue, results } = await parts();
    const [folder] = clips.tree.childrenOf();
    const clipRow = clips.tree.childrenOf(folder).find(({ id }) => id === `clip:${clip}`);
    const resultRow = results.tree.childrenOf().find(({ id }) => id === `result:${job}`);
    const done = queue.tree.childrenOf().find(({ id }) => id === 'group:done');
    const jobRow = queue.tree.childrenOf(done).find(({ id }) => id === `job:${job}`);
    assert.ok(clipRow && resultRow && jobRow);
    const clipItem = clips.tree.getTreeItem(clipRow);
    assert.equal(clipItem.command?.command, 'cosmos.clip.edit');
    assert.match(clipItem.accessibilityInformation?.label ?? '', /^views-area, ready, sent \d\d:\d\d, 8 frames/);
    const resultItem = results.tree.getTreeItem(resultRow);
    assert.equal(resultItem.command?.command, 'cosmos.result.open');
    assert.match(resultItem.accessibilityInformation?.label ?? '', /^views-area, .*a \*quiet\* yard/);
    const jobItem = queue.tree.getTreeItem(jobRow);
    assert.equal(jobItem.command?.command, 'cosmos.result.open');
    assert.match(jobItem.accessibilityInformation?.label ?? '', /^views-area, done, took /);
  });

  test('a tooltip of a clip has its passes as pictures', async () => {
    const { clips } = await parts();
    const [folder] = clips.tree.childrenOf();
    const row = clips.tree.childrenOf(folder).find(({ id }) => id === `clip:${clip}`);
    assert.ok(row);
    const { tooltip } = await clips.tree.resolveTreeItem(clips.tree.getTreeItem(row), row);
    const { value } = tooltip as MarkdownString;
    assert.match(value, /!\[color\]\(data:image\/jpeg;base64,[^)]+\|width=288\)\n\n!\[depth\]\(data:/);
  });

  test('provenance opens; from the result to its clip', async () => {
    const { clips } = await parts();
    await commands.executeCommand('cosmos.result.showProvenance', job);
    assert.equal(JSON.parse(window.activeTextEditor?.document.getText() ?? '').job, job);
    await commands.executeCommand('workbench.action.closeActiveEditor');
    await commands.executeCommand('cosmos.job.revealClip', job);
    await selects(clips, `clip:${clip}`);
  });
});

function names({ tree }: View, parent?: TreeNode): string[] {
  return tree.childrenOf(parent).map((node) => String(tree.getTreeItem(node).label));
}

function contextOf({ tree }: View, node: TreeNode): string {
  return tree.getTreeItem(node).contextValue ?? '';
}
