/** Composition root: builds the parts, wires them, and takes them down. */
import * as words from '@vscode/l10n';
import { type ExtensionContext, l10n, window, workspace } from 'vscode';
import type { Bridge } from './bridge.js';
import { allCommands } from './commands/all.js';
import { registerCommands } from './commands/register.js';
import { keepContextKeys } from './context-keys.js';
import { ConfiguredDaemons } from './daemons.js';
import { registerEditor } from './editor/register.js';
import { History } from './history.js';
import { Link } from './link.js';
import { registerLogFeatures } from './logs/document-features.js';
import { registerLogFiles } from './logs/document-files.js';
import { LogTerminals } from './logs/terminals.js';
import { daemonSettings } from './settings.js';
import { Store } from './store.js';
import { registerAsRun } from './views/as-run.js';
import { Dismissals } from './views/queue/dismissals.js';
import { QueueView } from './views/queue/queue-view.js';

/** What the tests of this repository look into; no stable interface for other extensions. */
export interface Parts extends Bridge {
  readonly queue: QueueView;
  readonly logs: LogTerminals;
}

export function activate(context: ExtensionContext): Parts {
  words.config({ contents: l10n.bundle ?? {} });
  const log = window.createOutputChannel('Cosmos Bridge', { log: true });
  const store = new Store();
  const daemons = new ConfiguredDaemons(daemonSettings, context.secrets);
  const link = new Link(daemons, store);
  const bridge: Bridge = { link, store, history: new History(link, store), log, now: Date.now };
  const queue = new QueueView(bridge, new Dismissals(context.globalState));
  const logs = new LogTerminals(bridge, context.workspaceState);
  context.subscriptions.push(
    log,
    queue,
    { dispose: () => link.close() },
    { dispose: link.onState((state) => log.info(state.kind === 'away' ? state.problem.message : state.kind)) },
    workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('cosmos.daemon') && link.retry()),
    workspace.onDidGrantWorkspaceTrust(() => link.retry({ start: daemons.autoStart })),
    keepContextKeys(bridge),
    registerAsRun(bridge),
    registerEditor(context, bridge),
    registerCommands(bridge, allCommands({ queue, logs, secrets: context.secrets })),
    logs,
    registerLogFiles(bridge),
    registerLogFeatures(),
  );
  void link.run();
  return { ...bridge, queue, logs };
}
