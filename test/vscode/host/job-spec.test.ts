import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import { commands, type TextDocument, window } from 'vscode';
import type { JobOptions } from '../../../schemas/index.js';
import type { Job } from '../../../schemas/received.js';
import { replace } from './documents.js';
import { inStore, parts } from './parts.js';

suite('job as a document', () => {
  test('a waiting job is edited as a document, and what somebody else has changed is not overwritten', async () => {
    await withJobDocument(async ({ id, document, hasPrompt, edit }) => {
      await replace(document, 'A dry street', 'A wet street');
      assert.ok(await document.save());
      await hasPrompt('A wet street');
      await replace(document, 'A wet street', 'A street by me');
      await edit({ prompt: 'A street by somebody else' });
      await hasPrompt('A street by somebody else');
      assert.equal(await document.save(), false);
      await commands.executeCommand('workbench.action.files.revert');
      assert.match(document.getText(), /A street by somebody else/);
      assert.equal((await parts()).store.jobs.get(id)?.settings.prompt, 'A street by somebody else');
    });
  });

  test('a job that is over refuses, and the changes can be queued as a variation', async () => {
    await withJobDocument(async ({ id, document }) => {
      const { link, store } = await parts();
      await link.call('job.cancel', { ids: [id] });
      await inStore(() => store.jobs.get(id)?.state === 'cancelled' || undefined);
      await replace(document, 'A dry street', 'A snowy street');
      await commands.executeCommand('notifications.clearAll');
      assert.equal(await document.save(), false);
      assert.equal(store.jobs.get(id)?.settings.prompt, 'A dry street');
      await commands.executeCommand('workbench.action.files.revert'); // takes away what VS Code itself says of the save
      await commands.executeCommand('notification.acceptPrimaryAction');
      const isQueued = ({ state, settings }: Job) => state === 'queued' && settings.prompt === 'A snowy street';
      const variation = await inStore(() => [...store.jobs.values()].find(isQueued));
      await link.call('job.cancel', { ids: [variation.id] });
    });
  });
});

interface JobDocument {
  readonly id: string;
  readonly document: TextDocument;
  /** Waits until the job waits with that prompt. */
  readonly hasPrompt: (prompt: string) => Promise<unknown>;
  /** As another window would. */
  readonly edit: (options: JobOptions) => Promise<unknown>;
}

/** A job that waits in a paused queue, its spec open. */
async function withJobDocument(use: (job: JobDocument) => Promise<void>): Promise<void> {
  const { link, store } = await parts();
  const clip = await inStore(() => [...store.clips.values()].find(({ name }) => name === 'street'));
  await link.call('queue.pause', {});
  try {
    const options = { engine: 'preview', prompt: 'A dry street' } as const;
    const { jobs } = await link.call('job.submit', { targets: [clip.id], options });
    const id = jobs[0]?.id ?? '';
    const hasPrompt = (prompt: string) =>
      inStore(({ jobs: known }) => {
        const { state, settings } = known.get(id) ?? {};
        return (state === 'queued' && settings?.prompt === prompt) || undefined;
      });
    await hasPrompt('A dry street');
    await commands.executeCommand('cosmos.job.editSpec', id);
    const document = window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'cosmos-job');
    await use({ id, document, hasPrompt, edit: (changes) => link.call('job.edit', { id, options: changes }) });
    if (store.jobs.get(id)?.state === 'queued') await link.call('job.cancel', { ids: [id] });
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  } finally {
    await link.call('queue.resume', {});
  }
}
