/** Programs that a person watches: a task, in a terminal of its own. */
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
  /** Of the task, and of its terminal. */
  readonly name: string;
  /** Absolute; it gets its arguments as they are, past every shell. */
  readonly program: string;
  readonly args: readonly string[];
  /** Where it is started, where the window may choose that: nothing may depend on it. */
  readonly cwd: string;
  /** Added to what the window has. */
  readonly env: Readonly<Record<string, string>>;
}

/** Where the program was seen to end. */
export interface TaskEnd {
  /** undefined = it was ended by somebody, or could not be started. */
  readonly exitCode: number | undefined;
  /** undefined = it is closed. */
  readonly terminal: Pick<Terminal, 'show' | 'dispose'> | undefined;
}

export async function runTask({ name, program, args, cwd, env }: Program): Promise<TaskEnd> {
  const shown = iconless(name, 100);
  const isEmpty = workspace.workspaceFolders === undefined;
  // Of a window without a folder, the server of a remote one starts processes in the home folder only.
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
      // The last word of every task, also of one whose program could not be started.
      tasks.onDidEndTask((event) => {
        if (!isThis(event.execution.task)) return;
        for (const subscription of subscriptions) subscription.dispose();
        const its = window.terminals.filter((one) => one.name.includes(shown) && one.exitStatus === undefined);
        const terminal = its.find((one) => !known.has(one)) ?? its[0]; // an earlier run may have left one to use again
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
