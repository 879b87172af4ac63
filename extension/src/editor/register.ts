/** The prompt and weights editor: the form of a spec file, and the form of a job. */
import { commands, Disposable, type ExtensionContext, TabInputText, Uri, type WebviewPanel, window } from 'vscode';
import type { Bridge } from '../bridge.js';
import { argumentsOf, jobOf } from '../commands/arguments.js';
import type { RowSelection } from '../commands/selection.js';
import { showProblem } from '../show-problem.js';
import { JobPanels } from './job-panels.js';
import { PageHost } from './page-host.js';
import type { EditorParts } from './parts.js';
import { SpecSession } from './spec-session.js';

const SPEC_EDITOR = 'cosmos.weights';

export function registerEditor({ extensionUri }: ExtensionContext, bridge: Bridge, rows: RowSelection): Disposable {
  const all: EditorParts = { ...bridge, resources: Uri.joinPath(extensionUri, 'dist') };
  const jobs = new JobPanels(all);
  return Disposable.from(
    jobs,
    window.registerCustomEditorProvider(SPEC_EDITOR, {
      resolveCustomTextEditor(document, panel: WebviewPanel) {
        const session = new SpecSession(document, new PageHost(panel.webview, all.resources), all);
        panel.onDidDispose(() => session.dispose());
      },
    }),
    commands.registerCommand('cosmos.spec.form', (uri: unknown) => openForm(bridge, uri)),
    commands.registerCommand('cosmos.job.edit', async (...args: unknown[]) =>
      openJob(bridge, jobs, argumentsOf(await rows.resolved(args), rows.of('job'))),
    ),
    commands.registerCommand('cosmos.job.undoEdit', () => jobs.act('undo')),
    commands.registerCommand('cosmos.job.redoEdit', () => jobs.act('redo')),
  );
}

/** The file that was right-clicked, or the one in front, which need not be read yet. */
async function openForm(bridge: Bridge, uri: unknown): Promise<void> {
  const tab = window.tabGroups.activeTabGroup.activeTab?.input;
  const file = uri instanceof Uri ? uri : tab instanceof TabInputText ? tab.uri : undefined;
  try {
    if (file !== undefined) await commands.executeCommand('vscode.openWith', file, SPEC_EDITOR);
  } catch (error) {
    await showProblem(bridge, error);
  }
}

/** Shows a job, or says why there is none to show. */
async function openJob(bridge: Bridge, jobs: JobPanels, args: readonly unknown[]): Promise<void> {
  try {
    jobs.open(jobOf(bridge.store, args).id);
  } catch (error) {
    await showProblem(bridge, error);
  }
}
