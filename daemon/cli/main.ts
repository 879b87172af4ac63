#!/usr/bin/env node
/** The `cosmos` command. Exit codes: 0 done, 1 the thing asked failed, 2 the command line makes no sense. */
import { errnoOf } from '../errors.js';
import { packageVersion } from '../version.js';
import { complain } from './complain.js';
import { createColors } from './output/colors.js';
import { createProgram } from './program.js';

/** A reader that has seen enough (`cosmos logs ID | head`) is no error. */
function leaveWhenNobodyReads(error: Error): void {
  if (errnoOf(error) === 'EPIPE') process.exit();
  throw error;
}

process.stdout.on('error', leaveWhenNobodyReads);
process.stderr.on('error', leaveWhenNobodyReads);

try {
  await createProgram(packageVersion()).parseAsync();
} catch (error) {
  const wanted = !process.argv.includes('--no-color');
  const colors = createColors({ isTTY: process.stderr.isTTY, env: process.env, wanted });
  const { text, exitCode } = complain(error, colors, process.env);
  if (text !== '') process.stderr.write(`${text}\n`);
  process.exitCode = exitCode;
}
