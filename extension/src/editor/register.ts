/** Registers the prompt and weights editor: the form of a spec file, a clip or a job. */
import * as l10n from '@vscode/l10n';
import { commands, Disposable, type ExtensionContext, TabInputText, Uri, type WebviewPanel, window } from 'vscode';
import type { Clip } from '../../../schemas/received.js';
import type { Bridge } from '../bridge.js';
import { argumentsOf, clipOf, idsOf } from '../commands/arguments.js';
import { askChoice, GivenUp } from '../commands/ask.js';
import type { RowSelection } from '../commands/selection.js';
import { urisOf } from '../commands/uris.js';
import { Problem } from '../problem.js';
import { showProblem } from '../show-problem.js';
import { setPanelTitle } from '../shown/surfaces.js';
import { clipDescription, clipIcon } from '../views/clips/clip-text.js';
import { FormPanels } from './form-panels.js';
import { PageHost } from './page-host.js';
import type { EditorParts } from './parts.js';
import { SpecSession } from './spec-session.js';

const SPEC_EDITOR = 'cosmos.weights';

export function registerEditor(
  { extensionUri }: ExtensionContext,
  bridge: Bridge & Pick<EditorParts, 'dryRuns'>,
  rows: RowSelection,
): Disposable {
  const all: EditorParts = { ...bridge, resources: Uri.joinPath(extensionUri, 'dist') };
  const forms = new FormPanels(all);
  const opens = (id: string, open: (args: readonly unknown[]) => unknown) =>
    commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        await open(args);
      } catch (error) {
        if (!(error instanceof GivenUp)) await showProblem(bridge, error);
      }
    });
  return Disposable.from(
    forms,
    window.registerCustomEditorProvider(SPEC_EDITOR, {
      resolveCustomTextEditor(document, panel: WebviewPanel) {
        setPanelTitle(panel, l10n.t('{0}: prompt and weights', document.uri.path.split('/').at(-1) ?? ''));
        const session = new SpecSession(document, new PageHost(panel.webview, all.resources), all);
        panel.onDidDispose(() => session.dispose());
      },
    }),
    opens('cosmos.spec.form', ([uri]) => openSpec(uri)),
    opens('cosmos.clip.edit', async (args) => {
      const clip = await wantedClip(bridge, await rows.resolved(args), rows.of('clip'));
      forms.open('clip', clip.id);
    }),
    opens('cosmos.job.edit', async (args) => forms.open('job', wantedJob(await rows.resolved(args), rows.of('job')))),
    opens('cosmos.job.vary', async (args) =>
      forms.open('variation', wantedJob(await rows.resolved(args), rows.of('job'))),
    ),
    commands.registerCommand('cosmos.job.undoEdit', () => forms.act('undo')),
    commands.registerCommand('cosmos.job.redoEdit', () => forms.act('redo')),
  );
}

/** The file that was right-clicked, or that of the active editor, which need not be loaded yet. */
async function openSpec(uri: unknown): Promise<void> {
  const tab = window.tabGroups.activeTabGroup.activeTab?.input;
  const file = uri instanceof Uri ? uri : tab instanceof TabInputText ? tab.uri : undefined;
  if (file !== undefined) await commands.executeCommand('vscode.openWith', file, SPEC_EDITOR);
}

/**
 * The job of a row or an id. One that is too old to be loaded is read from the daemon.
 * @throws Problem not_found
 */
function wantedJob(args: readonly unknown[], selected: readonly unknown[]): string {
  const [id] = idsOf('job', argumentsOf(args, selected));
  if (id === undefined) throw new Problem('not_found', l10n.t('Select a {0} first.', 'job'));
  return id;
}

/**
 * The clip of a row or of a folder in the explorer, the selected one, or the one that the user picks.
 * @throws GivenUp, Problem
 */
async function wantedClip(bridge: Bridge, args: readonly unknown[], selected: readonly unknown[]): Promise<Clip> {
  const [uri] = urisOf(args);
  if (uri !== undefined) return (await bridge.link.call('clip.register', { path: uri.fsPath })).clip;
  const named = argumentsOf(args, selected);
  if (named.some((one) => isClip(one))) return clipOf(bridge.store, named);
  const clips = [...bridge.store.clips.values()];
  if (clips.length === 0)
    throw new Problem('not_found', l10n.t('There is no clip yet. Watch the folder that Houdini writes to.'));
  const choices = clips.map((clip) => ({
    icon: clipIcon(clip).id,
    label: clip.name,
    description: clipDescription(clip),
    value: clip,
  }));
  return askChoice(l10n.t('Prompt and weights of which clip?'), choices);
}

function isClip(argument: unknown): boolean {
  return typeof argument === 'string' || (typeof argument === 'object' && argument !== null && 'clip' in argument);
}
