import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'mocha';
import {
  commands,
  type DocumentLink,
  type DocumentSymbol,
  type ExtensionTerminalOptions,
  type FoldingRange,
  type Hover,
  type MarkdownString,
  type Memento,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Parts } from '../../../extension/src/extension.js';
import { LogTerminals } from '../../../extension/src/logs/terminals.js';
import { Discovery } from '../../../schemas/index.js';
import type { Job, JobState } from '../../../schemas/received.js';
import { exportsFolder, inStore, parts, runAndAccept, writeSequences } from './parts.js';

/** Says how the daemon that runs now is started again: as it was. */
function install(): Discovery {
  const [stateDir, config] = [process.env.COSMOS_STATE_DIR ?? '', process.env.COSMOS_CONFIG ?? ''];
  const daemon = Discovery.parse(JSON.parse(readFileSync(path.join(stateDir, 'daemon.json'), 'utf8')));
  const argv = readFileSync(`/proc/${daemon.pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  const file = path.join(path.dirname(config), 'install.json');
  writeFileSync(file, JSON.stringify({ argv, stateDir, config, version: daemon.version }));
  return daemon;
}

/** What the terminal of that name shows from now on; `until` resolves once it shows the words. */
function watchTerminal(wanted: string) {
  const terminal = window.terminals.find(({ name }) => name === wanted);
  const options = terminal?.creationOptions as ExtensionTerminalOptions;
  let shown = '';
  const waiting = new Set<() => void>();
  options.pty.onDidWrite((text) => {
    shown += text;
    for (const look of [...waiting]) look();
  });
  const until = (words: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!shown.includes(words)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { until, text: () => shown };
}

/** Without heading and ending. */
function bodyOf(shown: string): string {
  const [begun = ''] = shown.split('\x1b[0m\r\n\x1b[1m── ');
  return begun.startsWith('\x1b[?25l\x1b[1m') ? begun.slice(begun.indexOf('\r\n') + 2) : begun;
}

/** "long-log · Preview on local · attempt 1 · 30 Nov 2026, 14:32 UTC+1" and how it ended. */
function headed(attempt: number, ending: RegExp): RegExp {
  const time = String.raw`\d{1,2} \p{L}+ \d{4}, \d\d:\d\d UTC(?:[+-][\d:]+)?`;
  return new RegExp(String.raw`^long-log · Preview on local · attempt ${attempt} · ${time}\n${ending.source}`, 'u');
}

/** The video is named by its own path, what else lies in the run's folder by what it is; both lead to the files. */
async function shortPaths(document: TextDocument, job: Job): Promise<void> {
  const text = document.getText();
  assert.ok(text.includes(`Preview saved to ${job.output}\n`), text);
  const short = 'out/long-log_control_depth.mp4';
  assert.ok(text.includes(`Control saved to ${short}\n`), text);
  assert.ok(!text.includes(process.env.COSMOS_STATE_DIR ?? ''), text);
  const links = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', document.uri);
  const targets = links.map(({ target }) => target?.fsPath ?? '');
  assert.equal(targets.filter((target) => target === job.output).length, 2);
  assert.ok(
    targets.some((target) => target.endsWith(`runs/${job.run}/log`)),
    targets.join(),
  );
  const at = document.positionAt(text.indexOf(short) + 1);
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at);
  const words = hovers.flatMap(({ contents }) => contents.map((piece) => (piece as MarkdownString).value)).join();
  assert.match(words.replaceAll('\\', ''), new RegExp(`runs/${job.run}/${short}`));
}

/** The state of a workspace, in which one value is kept. */
class Memory implements Memento {
  value: unknown = [];
  private look = () => {};

  keys = () => ['any'];
  get = <T>(_key: string, otherwise?: T): T => (this.value ?? otherwise) as T;

  async update(_key: string, value: unknown): Promise<void> {
    this.value = value;
    this.look();
  }

  becomes(wanted: unknown): Promise<void> {
    return new Promise((resolve) => {
      this.look = () => JSON.stringify(this.value) === JSON.stringify(wanted) && resolve();
      this.look();
    });
  }
}

suite('logs', () => {
  test('the daemon is killed while a log is open and a job runs: no line is lost or doubled', async () => {
    writeSequences(path.join(exportsFolder(), 'long-log'), { passes: ['color', 'depth'], last: 240 });
    const { link, store } = await parts();
    const clip = await inStore((now) =>
      [...now.clips.values()].find(({ name, state }) => name === 'long-log' && state === 'ready'),
    );
    const { jobs } = await link.call('job.submit', { targets: [clip.id] });
    const id = jobs[0]?.id ?? '';
    await inStore((now) => now.jobs.get(id)?.state === 'running' || undefined);
    await commands.executeCommand('cosmos.log.open', { job: id });
    const terminal = watchTerminal('long-log, attempt 1');
    await terminal.until('frame ');

    const killed = install();
    process.kill(killed.pid, 'SIGKILL');
    const before = terminal.text().length;
    await inStore(() => (link.state.kind === 'connected' && link.state.hello.startId !== killed.startId) || undefined);
    await inStore((now) => now.jobs.get(id)?.state === 'succeeded' || undefined);
    await terminal.until('── Finished in ');
    await terminal.until(`The video: ${store.jobs.get(id)?.output}`);

    const { text, ended } = await link.call('log.read', { id, bytes: 2 ** 20 });
    const body = bodyOf(terminal.text());
    assert.ok(ended && body.length > before, 'something was shown after the kill');
    assert.ok(text.replace(/\r?\n/g, '\r\n').endsWith(body), `shown and not in the log:\n${JSON.stringify(body)}`);
    assert.equal(store.jobs.get(id)?.attempt, 1);
  });

  test('a finished log is a read-only document with phases, and each attempt has its own', async () => {
    const job = await inStore((now) =>
      [...now.jobs.values()].find(({ name, state }) => name === 'long-log' && state === 'succeeded'),
    );
    await commands.executeCommand('cosmos.log.open', job.id);
    const document = window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'cosmos-log');
    assert.match(document.uri.path, /long-log, attempt 1\.cosmos-log$/);
    assert.match(document.getText(), headed(1, /Finished in \d+s\. The video: \S+long-log_preview\.mp4\n/));
    assert.ok(document.getText().includes(`cosmos logs ${job.id} --attempt 1`));
    assert.equal(
      document
        .getText()
        .match(/^frame \d+\/240$/gm)
        ?.join(),
      'frame 240/240',
    );
    const uri = document.uri;
    await shortPaths(document, job);
    const symbols = await commands.executeCommand<DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri);
    assert.ok(symbols.some(({ children }) => children.some(({ name }) => name === 'Frames')));
    const folds = await commands.executeCommand<FoldingRange[]>('vscode.executeFoldingRangeProvider', uri);
    assert.ok(folds.length > 0);
    await commands.executeCommand('workbench.action.closeActiveEditor');
  });

  test('each attempt keeps a log of its own; a person is asked which one to see', async () => {
    const { link } = await parts();
    const clip = await inStore((now) => [...now.clips.values()].find(({ name }) => name === 'long-log'));
    const { jobs } = await link.call('job.submit', { targets: [clip.id] });
    const id = jobs[0]?.id ?? '';
    const stopped = async (attempt: number) => {
      const isIn = (state: JobState) => (now: Parts['store']) =>
        (now.jobs.get(id)?.state === state && now.jobs.get(id)?.attempt === attempt) || undefined;
      await inStore(isIn('running'));
      await link.call('job.cancel', { ids: [id] });
      await inStore(isIn('cancelled'));
    };
    await stopped(1);
    await link.call('job.retry', { ids: [id] });
    await stopped(2);
    await runAndAccept('cosmos.log.attempts', id); // the newest stands first
    const newest = window.activeTextEditor?.document;
    assert.match(newest?.getText() ?? '', headed(2, /Cancelled after /));
    const older = newest?.uri.with({ path: newest.uri.path.replace('/2/', '/1/') });
    const oldest = await workspace.openTextDocument(older ?? Uri.parse('none:'));
    assert.match(oldest.getText(), headed(1, /Cancelled after /));
    await commands.executeCommand('workbench.action.closeActiveEditor');
  });

  test('what was open is opened again by the next window, until its log is over', async () => {
    const bridge = await parts();
    const job = await inStore((now) =>
      [...now.jobs.values()].find(({ name, state }) => name === 'long-log' && state === 'succeeded'),
    );
    const memory = new Memory();
    const facts = { job: job.id, attempt: 1, name: 'opened again' };
    const before = new LogTerminals(bridge, memory);
    before.reveal(facts);
    before.dispose(); // the window reloads
    assert.deepEqual(memory.value, [facts]);
    const after = new LogTerminals(bridge, memory);
    assert.equal(window.terminals.filter(({ name }) => name === 'opened again, attempt 1').length > 0, true);
    await memory.becomes([]);
    after.dispose();
  });
});
