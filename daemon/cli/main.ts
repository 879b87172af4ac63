#!/usr/bin/env node
/** The `cosmos` command. Exit codes: 0 done, 1 the thing asked failed, 2 the command line makes no sense. */
import { errnoOf } from '../errors.js';
import { disks } from '../foreign/all-disks.js';
import { packageVersion } from '../version.js';
import { complain } from './complain.js';
import { standardError, standardOutput } from './output/door.js';
import { createProgram } from './program.js';

const options = { env: process.env, color: !process.argv.includes('--no-color') };
const [output, errors] = [standardOutput(options), standardError(options)];

/** A reader that has seen enough (`cosmos logs ID | head`) is no error. */
function leaveWhenNobodyReads(error: Error): void {
  if (errnoOf(error) === 'EPIPE') process.exit();
  throw error;
}

/** Gives the exit code. */
async function fail(error: unknown): Promise<number> {
  const { lines, exitCode } = await complain(error, errors, process.env);
  if (lines.length > 0) errors.print(lines);
  return exitCode;
}

output.onError(leaveWhenNobodyReads);
errors.onError(leaveWhenNobodyReads);
// Node would print what nobody caught as it is, with whatever a stranger's name in it does to the terminal.
process.on('uncaughtException', async (error) => process.exit(await fail(error)));

/** Resolves when all is done and said; never rejects. */
export const done = main();

async function main(): Promise<void> {
  try {
    const program = await createProgram(packageVersion(), { output, errors }, process.argv.slice(2));
    await program.parseAsync();
  } catch (error) {
    process.exitCode = await fail(error);
  }
  // Where a thread waits for a disk that does not answer, exit() waits for the thread; what there is to say is said.
  if (disks.held > 0) process.kill(process.pid, 'SIGKILL');
}
