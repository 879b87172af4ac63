import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import {
  type CodeAction,
  type CodeLens,
  type CompletionList,
  ConfigurationTarget,
  commands,
  type Diagnostic,
  type Hover,
  type InlayHint,
  languages,
  Position,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { opened, rangeOf } from './documents.js';
import { exportsFolder, inStore, parts, runAndAccept, writeSequences } from './parts.js';

const SPEC = `{
  "name": "spec-area",
  "prompt": "A ruined street",
  "video_path": "inputs/color.mp4",
  "max_frames": 121,
  "depth": {
    "control_path": "inputs/dept.mp4",
    "control_wieght": 0.4
  }
}
`;

const FIXED = SPEC.replace('dept.mp4', 'depth.mp4').replace('wieght', 'weight').replace('121', '93');

suite('spec', () => {
  const folder = path.join(exportsFolder(), 'spec-area');
  const file = path.join(folder, 'spec-area.cosmos.json');

  suiteSetup(async () => {
    writeSequences(folder, { passes: ['color', 'depth'], last: 121, width: 80, height: 44 });
    await inStore((store) =>
      [...store.clips.values()].find(({ name, state }) => name === 'spec-area' && state === 'ready'),
    );
    writeFileSync(file, SPEC);
  });

  suiteTeardown(async () => {
    await window.showTextDocument(await workspace.openTextDocument(Uri.file(file)));
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('a slip in a control, a length that costs a chunk and a wrong path: told at their places, each with a fix', async () => {
    const document = await opened(file, SPEC);
    const found = await findings(document, (all) => all.length >= 3);
    assert.deepEqual(
      ['121', '"inputs/dept.mp4"', '"control_wieght"'].map((text) => codesAt(document, found, text)),
      [['chunk_count'], ['path_not_file'], ['unknown_key']],
    );
    for (const [code, title] of [
      ['unknown_key', 'Did you mean "control_weight"?'],
      ['path_not_file', 'Write "inputs/depth.mp4"'],
      ['chunk_count', 'Make the first 93 frames only: one chunk'],
    ] as const) {
      await fix(document, code, title);
      await findings(document, (all) => all.every((one) => codeOf(one) !== code));
    }
    const { max_frames, depth } = JSON.parse(document.getText());
    assert.deepEqual([max_frames, depth], [93, { control_path: 'inputs/depth.mp4', control_weight: 0.4 }]);
    assert.ok(document.isDirty, 'what is not saved is checked too');
  });

  test('fix all makes every repair that needs no decision at once, and no other', async () => {
    const document = await opened(file, SPEC.replace('"max_frames": 121', '"guidence": 4'));
    await findings(document, (all) => all.some((one) => codeOf(one) === 'extra_forbidden'));
    const whole = new Range(0, 0, document.lineCount, 0);
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      whole,
      'source.fixAll.cosmos',
    );
    assert.equal(actions.length, 1);
    await workspace.applyEdit(actions[0]?.edit ?? new WorkspaceEdit());
    const { guidance, depth } = JSON.parse(document.getText());
    assert.deepEqual([guidance, depth], [4, { control_path: 'inputs/dept.mp4', control_weight: 0.4 }]);
  });

  test('no finding is told twice: while the daemon checks, the schema is silent', async () => {
    const document = await opened(file, SPEC);
    const found = await findings(document, (all) => all.some((one) => codeOf(one) === 'unknown_key'));
    assert.deepEqual([...new Set(found.map(({ source }) => source))].sort(), ['Cosmos', 'NVIDIA']);
  });

  test('the code of a finding leads to the page of its rule', async () => {
    const document = await opened(file, SPEC);
    const found = await findings(document, (all) => all.some((one) => codeOf(one) === 'unknown_key'));
    const { code } = found.find((one) => codeOf(one) === 'unknown_key') ?? {};
    assert.ok(typeof code === 'object');
    const page = await workspace.openTextDocument(code.target);
    assert.match(page.getText(), /^### unknown_key \(transfer2\.5\)\n/);
  });

  test('files, keys and values are completed; keys and weights explained; the price stands beside the length', async () => {
    const document = await opened(file, SPEC.replace('dept.mp4', 'depth.mp4').replace('wieght', 'weight'));
    await findings(document, (all) => all.some((one) => codeOf(one) === 'chunk_count'));
    assert.ok((await completions(document, 'inputs/co')).includes('inputs/color.mp4'));
    assert.ok((await completions(document, '"control_wei')).includes('mask_path'));
    const hovers = await at<Hover[]>('vscode.executeHoverProvider', document, '"control_wei');
    const words = hovers.flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value)));
    assert.match(words.join('\n'), /depth acts as 0\\\.4/);
    const whole = new Range(0, 0, document.lineCount, 0);
    const hints = await commands.executeCommand<InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole);
    assert.match(hints.map(({ label }) => String(label)).join('\n'), /^2 chunks · ~/m);
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    assert.deepEqual(
      lenses.map(({ command }) => command?.command),
      ['cosmos.spec.check', 'cosmos.spec.dryRun', 'cosmos.spec.send'],
    );
  });

  test('one slip is one finding, and with errors nothing is asked, saved, sent or tried: the first is shown', async () => {
    const { store } = await parts();
    const document = await opened(file, SPEC.replace('"prompt"', '"promt"'));
    const found = await findings(document, (all) => all.some((one) => codeOf(one) === 'extra_forbidden'));
    assert.deepEqual(codesAt(document, found, '"promt"'), ['extra_forbidden']);
    assert.ok(!found.some((one) => codeOf(one) === 'missing'), 'that "prompt" is missing goes with it');
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    assert.match(lenses.at(-1)?.command?.title ?? '', /^\$\(error\)\u00a03 errors before Send$/);
    const jobs = store.jobs.size;
    for (const command of ['cosmos.spec.send', 'cosmos.spec.dryRun']) {
      await commands.executeCommand('notifications.clearAll');
      await window.showTextDocument(document, { selection: new Range(0, 0, 0, 0) });
      await commands.executeCommand(command, document.uri);
      const shown = new Promise<string>((resolve) => {
        const listening = window.onDidChangeTextEditorSelection(({ textEditor: { document: at, selection } }) => {
          if (at.uri.fsPath !== file || selection.isEmpty) return;
          listening.dispose();
          resolve(at.getText(selection));
        });
      });
      await commands.executeCommand('notification.acceptPrimaryAction');
      assert.equal(await shown, '"promt"');
      assert.equal(document.isDirty, true);
    }
    assert.equal(store.jobs.size, jobs);
  });

  test('a dry run saves the spec and shows what sending it would do', async () => {
    await inStore((store) => [...store.clips.values()].find(({ specFile }) => specFile === file));
    const document = await opened(file, FIXED);
    await commands.executeCommand('cosmos.spec.dryRun', document.uri);
    assert.equal(document.isDirty, false);
    const page = window.activeTextEditor?.document;
    assert.match(page?.getText() ?? '', /^# Dry run of `spec-area`\n.*Estimate: 1 chunk.*A ruined street/s);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('a spec is sent for the model that is chosen: the free preview stands first', async () => {
    const { link, store } = await parts();
    await link.call('queue.pause', {});
    try {
      const document = await opened(file, FIXED);
      const before = new Set(store.jobs.keys());
      await runAndAccept('cosmos.spec.send', document.uri);
      const job = await inStore(() => [...store.jobs.values()].find(({ id }) => !before.has(id)));
      assert.deepEqual(
        [job.settings.engine, job.settings.prompt, document.isDirty],
        ['preview', 'A ruined street', false],
      );
      await inStore(() => store.jobs.get(job.id)?.state === 'queued' || undefined);
      await link.call('job.cancel', { ids: [job.id] });
    } finally {
      await link.call('queue.resume', {});
    }
  });

  test('while the daemon is away the schema speaks, and is silent again when it is back', async () => {
    const { link } = await parts();
    const daemon = workspace.getConfiguration('cosmos.daemon');
    const bySchema = ({ source }: Diagnostic) => source !== 'Cosmos' && source !== 'NVIDIA';
    await daemon.update('url', 'ws://127.0.0.1:9/rpc', ConfigurationTarget.Global);
    try {
      await inStore(() => link.state.kind === 'away' || undefined);
      const document = await opened(file, SPEC);
      const found = await diagnostics(document, (all) => all.length > 0);
      const places = found.map(({ range }) => document.getText(range));
      assert.deepEqual([found.every(bySchema), places], [true, ['"control_wieght"']]);
      await daemon.update('url', undefined, ConfigurationTarget.Global);
      await inStore(() => link.state.kind === 'connected' || undefined);
      await findings(document, (all) => all.length > 0 && !all.some(bySchema));
    } finally {
      await daemon.update('url', undefined, ConfigurationTarget.Global);
      await inStore(() => link.state.kind === 'connected' || undefined);
    }
  });
});

/** Those of the text as it is now, once they are as wanted. */
async function findings(document: TextDocument, wanted: (all: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
  const { specs } = await parts();
  return new Promise((resolve) => {
    const listening = languages.onDidChangeDiagnostics(look);
    const checked = specs.checks.onDidChange(look);
    look();
    function look() {
      const all = languages.getDiagnostics(document.uri);
      if (specs.checks.of(document) === undefined || !wanted(all)) return;
      listening.dispose();
      checked.dispose();
      resolve(all);
    }
  });
}

/** Of everybody, the daemon there or not. */
async function diagnostics({ uri }: TextDocument, wanted: (all: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
  return new Promise((resolve) => {
    const listening = languages.onDidChangeDiagnostics(look);
    look();
    function look() {
      const all = languages.getDiagnostics(uri);
      if (!wanted(all)) return;
      listening.dispose();
      resolve(all);
    }
  });
}

function codeOf({ code }: Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

function codesAt(document: TextDocument, found: readonly Diagnostic[], text: string): unknown[] {
  return found.filter(({ range }) => document.getText(range) === text).map(codeOf);
}

async function fix(document: TextDocument, code: string, title: string): Promise<void> {
  const found = await findings(document, (all) => all.some((one) => codeOf(one) === code));
  const range = found.find((one) => codeOf(one) === code)?.range;
  const actions = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
  const action = actions.find((one) => one.title === title);
  assert.ok(action?.edit, `${title} is not among ${actions.map((one) => one.title).join(' | ')}`);
  await workspace.applyEdit(action.edit);
}

/** Asks a provider about the place behind these words. */
async function at<T>(command: string, document: TextDocument, words: string): Promise<T> {
  const { line, character } = rangeOf(document, words).end;
  return commands.executeCommand<T>(command, document.uri, new Position(line, character));
}

async function completions(document: TextDocument, words: string): Promise<string[]> {
  const { items } = await at<CompletionList>('vscode.executeCompletionItemProvider', document, words);
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}
