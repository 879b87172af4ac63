/** For the tests inside the extension host: the extension's own parts, and waiting for what the daemon tells it. */
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { commands, extensions } from 'vscode';
import type { Parts } from '../../../extension/src/extension.js';
import { PATIENCE } from '../../support/limits.js';
import { writeSequences } from '../../support/passes.js';

export const EXTENSION = 'cosmos-bridge.cosmos-bridge';

/** Activates it where that has not happened yet. */
export async function parts(): Promise<Parts> {
  const extension = extensions.getExtension<Parts>(EXTENSION);
  if (extension === undefined) throw new Error(`VS Code does not know ${EXTENSION}`);
  return extension.activate();
}

/** The first value that is not undefined; looked at now and after every change of the store. */
export async function inStore<T>(look: (store: Parts['store']) => T | undefined): Promise<T> {
  const { store, link } = await parts();
  return new Promise((resolve, reject) => {
    const stop = [store.onChange(check), link.onState(check)];
    const timer = setTimeout(() => settle(() => reject(new Error(`never seen: ${look}`))), PATIENCE);
    check();
    function check() {
      const found = look(store);
      if (found !== undefined) settle(() => resolve(found));
    }
    function settle(end: () => void) {
      clearTimeout(timer);
      for (const each of stop) each();
      end();
    }
  });
}

/**
 * Resolves once exactly these rows of a view are selected. It is looked at again and again: a tree that is drawn anew
 * forgets its selection and finds it again, and no event tells of that.
 */
export async function selects({ view }: Pick<Parts['queue'], 'view'>, ...ids: readonly string[]): Promise<void> {
  const selected = () => view.selection.map(({ id }) => id);
  for (const deadline = performance.now() + PATIENCE; !isDeepStrictEqual(selected(), ids); await pause(20)) {
    if (performance.now() > deadline) throw new Error(`selected: ${selected()} visible: ${view.visible}`);
  }
}

/** Runs a command that asks for one of a list, and takes what stands first there. */
export async function runAndAccept(command: string, ...args: readonly unknown[]): Promise<void> {
  let isOver = false;
  const running = commands.executeCommand(command, ...args).then(() => {
    isOver = true;
  });
  // No event tells that a list is open; to accept where there is none does nothing, and each try waits for the window.
  while (!isOver) await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  await running;
}

/** The watched folder of the daemon; also the folder that is open in the window. */
export function exportsFolder(): string {
  const folder = process.env.COSMOS_TEST_EXPORTS;
  if (folder === undefined) throw new Error('COSMOS_TEST_EXPORTS is not set');
  return folder;
}

export { writeSequences };
