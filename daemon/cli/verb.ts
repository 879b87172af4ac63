/** Turns a verb into a commander action: it gets a context and returns an exit code. */
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { Context, type GlobalOptions } from './context.js';

/** 0 = what was asked is done; 1 = it failed. A usage error (2) is thrown. */
export type ExitCode = 0 | 1;

/** Exit code after Ctrl-C: 128 + SIGINT, as shells report it. */
export const INTERRUPTED = 130;

/** A group of verbs ("cosmos job ..."); each verb registers itself on it. */
export type Parent = CommandUnknownOpts;

/** Wraps a verb; without a return value the exit code is 0. */
export function verb<A extends unknown[]>(work: (context: Context, ...args: A) => Promise<ExitCode> | Promise<void>) {
  return async function act(this: CommandUnknownOpts, ...args: A): Promise<void> {
    const context = new Context(this.optsWithGlobals() as GlobalOptions);
    const code = await work(context, ...args);
    process.exitCode = typeof code === 'number' ? code : 0;
  };
}
