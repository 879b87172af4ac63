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

  test('the local host is listed with its slot, and with the way to more hosts', async () => {
    const { hosts } = await parts();
    const [local] = hosts.tree.childrenOf();
    assert.ok(local);
    assert.deepEqual(names(hosts), ['local', 'Add a host...']);
    assert.match(contextOf(hosts, local), /^host\.local\.online\.active/);
    assert.equal(names(hosts, local).length > 0, true);
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
