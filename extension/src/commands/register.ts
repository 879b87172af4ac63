/**
 * Registers the commands. Each is refused in an untrusted workspace if it changes something, and each failure becomes a
 * message.
 */
import { commands, Disposable, workspace } from 'vscode';
import type { Bridge } from '../bridge.js';
import { showProblem } from '../show-problem.js';
import { argumentsOf } from './arguments.js';
import { GivenUp } from './ask.js';
import { askTrust } from './ask-trust.js';
import type { RowSelection } from './selection.js';
import { type CommandId, commandIds, commandTable } from './table.js';
import { requireTrust } from './trust.js';

/** Gets the arguments of VS Code: from a tree these are the clicked row and all selected rows. */
export type Handler = (bridge: Bridge, ...args: readonly unknown[]) => unknown;
export type Handlers = Readonly<Record<CommandId, Handler>>;

export function registerCommands(bridge: Bridge, handlers: Handlers, rows: RowSelection): Disposable {
  const registered = commandIds.map((id) =>
    commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        const { about } = commandTable[id];
        if (commandTable[id].changes) await askTrust();
        requireTrust(commandTable[id], workspace.isTrusted);
        const given = await rows.resolved(args);
        await handlers[id](bridge, ...argumentsOf(given, about === null ? [] : rows.of(about)));
      } catch (error) {
        if (!(error instanceof GivenUp)) await showProblem(bridge, error);
      }
    }),
  );
  return Disposable.from(...registered);
}
