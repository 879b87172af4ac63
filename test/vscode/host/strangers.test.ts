import assert from 'node:assert/strict';
import path from 'node:path';
import { suite, test } from 'mocha';
import { commands, type MarkdownString, Uri, window, workspace } from 'vscode';
import { exportsFolder, inStore, parts, writeSequences } from './parts.js';

/** A link and an icon for places of VS Code that know them. */
const NAME = '[a](command:workbench.action.quit) $(bug)';

suite('names of strangers', () => {
  test('a job is called so in its tooltip, its documents and its terminal, and nothing of it acts', async () => {
    const { link, logs, queue, store } = await parts();
    writeSequences(path.join(exportsFolder(), NAME), { passes: ['color', 'depth'] });
    const clip = await inStore(() =>
      [...store.clips.values()].find(({ name, state }) => name === NAME && state === 'ready'),
    );
    await link.call('queue.pause', {});
    try {
      const { jobs } = await link.call('job.submit', { targets: [clip.id], options: { engine: 'preview' } });
      const id = jobs[0]?.id ?? '';
      await inStore(() => store.jobs.get(id)?.state === 'queued' || undefined);

      const row = queue.tree
        .childrenOf()
        .flatMap((group) => queue.tree.childrenOf(group))
        .find((each) => each.id === `job:${id}`);
      assert.ok(row);
      const item = queue.tree.getTreeItem(row);
      assert.equal(item.label, '[a](comma…) $(bug)');
      assert.match(
        item.accessibilityInformation?.label ?? '',
        /^\[a\]\(command:workbench\.action\.quit\) \$\(bug\), queued/,
      );
      const { value, isTrusted, supportHtml, supportThemeIcons } = (await queue.tree.resolveTreeItem(item, row))
        .tooltip as MarkdownString;
      assert.match(value, /^\*\*\\\[a\\\]\\\(command\\:workbench\\\.action\\\.quit\\\) \\\$\\\(bug\\\)\*\* — /);
      assert.deepEqual([isTrusted, supportHtml, supportThemeIcons], [false, false, false]);

      await commands.executeCommand('cosmos.job.editSpec', id);
      const { uri } = window.activeTextEditor?.document ?? {};
      assert.equal(uri?.path, `/${id}/[a](command-workbench.action.quit) $-bug).cosmos.json`);
      await commands.executeCommand('workbench.action.closeActiveEditor');

      const terminal = logs.reveal({ job: id, attempt: 1, name: NAME });
      assert.equal(terminal.name, `${NAME.replace('$(', '\\$(')}, attempt 1`); // drawn without the backslash
      terminal.dispose();
      await link.call('job.cancel', { ids: [id] });
    } finally {
      await link.call('queue.resume', {});
    }
  });

  test('why a document cannot be read is told in words of ours', async () => {
    const gone = Uri.from({ scheme: 'cosmos-job', path: `/${NAME}/x.cosmos.json` });
    await assert.rejects(async () => workspace.fs.readFile(gone), /This job is not known any more\./);
    const spec = Uri.from({ scheme: 'cosmos-as-run', path: '/x.json', query: NAME });
    await assert.rejects(
      async () => workspace.openTextDocument(spec),
      (error) => error instanceof Error && !error.message.includes('](command:'),
    );
  });
});
