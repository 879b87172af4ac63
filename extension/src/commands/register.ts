/** Registers the commands. Here a command is refused in an untrusted workspace, and its failure becomes a message. */
import * as l10n from '@vscode/l10n';
import { commands, Disposable, workspace } from 'vscode';
import type { Bridge } from '../bridge.js';
import { Problem } from '../problem.js';
import { showProblem } from '../show-problem.js';
import { type CommandFacts, type CommandId, commandIds, commandTable } from './table.js';

/** Gets what VS Code passes: from a tree the row that was clicked, and all selected ones. */
export type Handler = (bridge: Bridge, ...args: readonly unknown[]) => unknown;
export type Handlers = Readonly<Record<CommandId, Handler>>;

export function registerCommands(bridge: Bridge, handlers: Handlers): Disposable {
  const registered = commandIds.map((id) =>
    commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        requireTrust(commandTable[id]);
        await handlers[id](bridge, ...args);
      } catch (error) {
        await showProblem(bridge, error);
      }
    }),
  );
  return Disposable.from(...registered);
}

/** The buttons are greyed out there already; a key binding or another extension can still ask. */
function requireTrust({ changes }: CommandFacts): void {
  if (!changes || workspace.isTrusted) return;
  const message = l10n.t('This workspace is not trusted: the queue can be read here, and nothing be changed.');
  throw new Problem('untrusted', message, ['trust']);
}
