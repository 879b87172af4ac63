#!/usr/bin/env node
/** The `cosmos` command. Exit codes: 0 done, 1 the thing asked failed, 2 the command line makes no sense. */
import { errnoOf } from '../errors.js';
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
function fail(error: unknown): number {
  const { lines, exitCode } = complain(error, errors, process.env);
  if (lines.length > 0) errors.print(lines);
  return exitCode;
}

output.onError(leaveWhenNobodyReads);
errors.onError(leaveWhenNobodyReads);
// Node would print what nobody caught as it is, with whatever a stranger's name in it does to the terminal.
process.on('uncaughtException', (error) => process.exit(fail(error)));

try {
  await createProgram(packageVersion(), { output, errors }).parseAsync();
} catch (error) {
  process.exitCode = fail(error);
}
