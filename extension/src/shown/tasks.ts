/** Programs that the user watches: a task in a terminal of its own. */
import { homedir } from 'node:os';
import {
  ProcessExecution,
  env as remote,
  Task,
  TaskPanelKind,
  TaskRevealKind,
  TaskScope,
  type Terminal,
  tasks,
  window,
  workspace,
} from 'vscode';
import { iconless } from './inert.js';

export interface Program {
  /** Name of the task and of its terminal. */
  readonly name: string;
  /** Absolute path. The arguments are passed without a shell. */
  readonly program: string;
  readonly args: readonly string[];
  /** Current folder of the program, if the window can choose it. The program must not depend on it. */
  readonly cwd: string;
  /** Variables that are added to those of the window. */
  readonly env: Readonly<Record<string, string>>;
}

/** Called when the program has ended. */
export interface TaskEnd {
  /** undefined = it was stopped, or could not be started. */
  readonly exitCode: number | undefined;
  /** undefined = the terminal is closed. */
  readonly terminal: Pick<Terminal, 'show' | 'dispose'> | undefined;
}

export async function runTask({ name, program, args, cwd, env }: Program): Promise<TaskEnd> {
  const shown = iconless(name, 100);
  const isEmpty = workspace.workspaceFolders === undefined;
  // In a window without a folder, a remote server starts processes only in the home folder.
  const where = isEmpty && remote.remoteName !== undefined ? homedir() : cwd;
  const execution = new ProcessExecution(program, [...args], { cwd: where, env: { ...env } });
  const scope = isEmpty ? TaskScope.Global : TaskScope.Workspace;
  const task = new Task({ type: 'process', id: shown }, scope, shown, 'Cosmos', execution, []);
  task.presentationOptions = {
    reveal: TaskRevealKind.Always,
    panel: TaskPanelKind.Dedicated,
    showReuseMessage: false,
    focus: false,
    echo: true,
  };
  const known = new Set(window.terminals);
  return new Promise((resolve, reject) => {
    let exitCode: number | undefined;
    const subscriptions = [
      tasks.onDidEndTaskProcess((event) => {
        if (isThis(event.execution.task)) exitCode = event.exitCode;
      }),
      // The last event of every task, even if its program could not start.
      tasks.onDidEndTask((event) => {
        if (!isThis(event.execution.task)) return;
        for (const subscription of subscriptions) subscription.dispose();
        const its = window.terminals.filter((one) => one.name.includes(shown) && one.exitStatus === undefined);
        const terminal = its.find((one) => !known.has(one)) ?? its[0]; // it may use a terminal of an earlier run again
        resolve({ exitCode, terminal });
      }),
    ];
    tasks.executeTask(task).then(undefined, (error: unknown) => {
      for (const subscription of subscriptions) subscription.dispose();
      reject(error);
    });
  });

  function isThis(other: Task): boolean {
    return other.name === shown && other.source === task.source;
  }
}
