#!/usr/bin/env node
/** Runs one command line of `cosmos`. Exit codes: 0 done, 1 what was asked failed, 2 the command line is wrong. */
import { errnoOf } from '../errors.js';
import { disks } from '../foreign/all-disks.js';
import { packageVersion } from '../version.js';
import { complain } from './complain.js';
import { standardError, standardOutput } from './output/door.js';
import { createProgram } from './program.js';

const options = { env: process.env, color: !process.argv.includes('--no-color') };
const [output, errors] = [standardOutput(options), standardError(options)];

/** A reader that closes the pipe early (`cosmos logs ID | head`) is no error. */
function leaveWhenNobodyReads(error: Error): void {
  if (errnoOf(error) === 'EPIPE') process.exit();
  throw error;
}

/** Returns the exit code. */
async function fail(error: unknown): Promise<number> {
  const { lines, exitCode } = await complain(error, errors, process.env);
  if (lines.length > 0) errors.print(lines);
  return exitCode;
}

output.onError(leaveWhenNobodyReads);
errors.onError(leaveWhenNobodyReads);
// Node would print an uncaught error unchanged, with control characters that a name in it may have.
process.on('uncaughtException', async (error) => process.exit(await fail(error)));

/** Resolves when everything is done and printed; never rejects. */
export const done = main();

async function main(): Promise<void> {
  try {
    const program = await createProgram(packageVersion(), { output, errors }, process.argv.slice(2));
    await program.parseAsync();
  } catch (error) {
    process.exitCode = await fail(error);
  }
  // exit() would wait for a thread that waits for a disk which does not answer; everything is printed by now.
  if (disks.held > 0) process.kill(process.pid, 'SIGKILL');
}
