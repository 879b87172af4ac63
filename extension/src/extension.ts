/**
 * Composition root: creates the parts, connects them, and disposes of them. VS Code waits until all static imports here
 * have run. So slow modules that are needed later are loaded by `import()` where they are used: zod, ws and all that
 * imports them, two thirds of the loading time.
 */
import * as words from '@vscode/l10n';
import { type ExtensionContext, l10n, Uri, workspace } from 'vscode';
import { History } from '../../client/history.js';
import { Store } from '../../client/store.js';
import type { Clip } from '../../schemas/received.js';
import type { Bridge } from './bridge.js';
import { ConfiguredDaemons } from './chosen-daemon.js';
import { allCommands } from './commands/all.js';
import { registerCommands } from './commands/register.js';
import { RowSelection } from './commands/selection.js';
import { keepContextKeys } from './context-keys.js';
import { registerEditor } from './editor/register.js';
import { Link } from './link.js';
import { registerLogFeatures } from './logs/document-features.js';
import { registerLogFiles } from './logs/document-files.js';
import { LogTerminals } from './logs/terminals.js';
import { Claims } from './notices/claims.js';
import { Notifier } from './notices/notifier.js';
import { ownPrompt } from './own-prompt.js';
import { SendChoices } from './send-choices.js';
import { daemonSettings } from './settings.js';
import { Log } from './shown/surfaces.js';
import { DryRuns } from './spec/dry-runs.js';
import { SpecFeatures } from './spec/features.js';
import { Status } from './status.js';
import { registerAsRun } from './views/as-run.js';
import { ClipsView } from './views/clips/clips-view.js';
import { HostsView } from './views/hosts/hosts-view.js';
import { Dismissals } from './views/queue/dismissals.js';
import { QueueView } from './views/queue/queue-view.js';
import { ResultsView } from './views/results/results-view.js';

/** For the tests of this repository only; not a stable interface for other extensions. */
export interface Parts extends Bridge, Views {
  readonly specs: SpecFeatures;
  readonly logs: LogTerminals;
  readonly status: Status;
}

interface Views {
  readonly queue: QueueView;
  readonly clips: ClipsView;
  readonly hosts: HostsView;
  readonly results: ResultsView;
}

export function activate(context: ExtensionContext): Parts {
  words.config({ contents: l10n.bundle ?? {} });
  const log = new Log('Cosmos Bridge');
  const store = new Store();
  const daemons = new ConfiguredDaemons(daemonSettings, context.secrets);
  const link = new Link(daemons, store);
  const choices = new SendChoices(context.workspaceState, (clip: Clip) => ownPrompt(link, clip));
  const bridge: Bridge = { link, store, history: new History(link, store), choices, log, now: Date.now };
  const views: Views = {
    queue: new QueueView(bridge, new Dismissals(context.globalState)),
    clips: new ClipsView(bridge),
    hosts: new HostsView(bridge),
    results: new ResultsView(bridge),
  };
  const rows = new RowSelection({
    'cosmos.queue': views.queue.view,
    'cosmos.clips': views.clips.view,
    'cosmos.hosts': views.hosts.view,
    'cosmos.results': views.results.view,
  });
  const status = new Status(bridge, views.queue);
  const claims = new Claims(Uri.joinPath(context.globalStorageUri, 'notices').fsPath);
  const logs = new LogTerminals(bridge, context.workspaceState);
  const logFiles = registerLogFiles(bridge);
  const specs = new SpecFeatures(bridge, context);
  const { secrets, globalState: memory } = context;
  const dryRuns = new DryRuns();
  const commandParts = { ...views, logs, secrets, memory, checks: specs.checks, dryRuns };
  context.subscriptions.push(
    log,
    specs,
    ...Object.values(views),
    status,
    new Notifier(bridge, claims),
    { dispose: () => link.close() },
    { dispose: link.onState((state) => log.info(state.kind === 'away' ? state.problem.message : state.kind)) },
    workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('cosmos.daemon') && link.reconnect()),
    workspace.onDidGrantWorkspaceTrust(() => link.retry({ start: daemons.autoStart })),
    keepContextKeys(bridge, memory),
    registerAsRun(bridge),
    rows,
    dryRuns.serve(),
    registerEditor(context, { ...bridge, dryRuns }, rows),
    registerCommands(bridge, allCommands(commandParts), rows),
    logs,
    logFiles,
    registerLogFeatures(logFiles.shortPaths),
  );
  void link.run();
  return { ...bridge, specs, ...views, logs, status };
}
