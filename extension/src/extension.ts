/** Composition root: builds the parts, wires them, and takes them down. */
import { commands, type ExtensionContext, window, workspace } from 'vscode';
import { ConfiguredDaemons } from './daemons.js';
import { History } from './history.js';
import { Link } from './link.js';
import { daemonSettings } from './settings.js';
import { Store } from './store.js';

/** What the tests of this repository look into; no stable interface for other extensions. */
export interface Parts {
  readonly store: Store;
  readonly link: Link;
  readonly history: History;
}

export function activate(context: ExtensionContext): Parts {
  const log = window.createOutputChannel('Cosmos Bridge', { log: true });
  const store = new Store();
  const link = new Link(new ConfiguredDaemons(daemonSettings, context.secrets), store);
  context.subscriptions.push(
    log,
    { dispose: () => link.close() },
    { dispose: link.onState((state) => log.info(state.kind === 'away' ? state.problem.message : state.kind)) },
    workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('cosmos.daemon') && link.retry()),
    commands.registerCommand('cosmos.daemon.start', () => link.retry({ start: true })),
  );
  void link.run();
  return { store, link, history: new History(link, store) };
}
