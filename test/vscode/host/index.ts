/**
 * What VS Code's extension host is told to run. Mocha's findings go as JSON into the file COSMOS_TEST_RESULT; a comma
 * list COSMOS_TEST_ONLY names areas (files without .test.ts), else all run.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { PATIENCE } from '../../support/limits.js';

/** A test waits for more than one thing; when one does not come, its error says so first. */
const TIMEOUT = 2 * PATIENCE;

export async function run(): Promise<void> {
  const reporter = { reporter: 'json', reporterOptions: { output: process.env.COSMOS_TEST_RESULT } };
  const mocha = new Mocha({ ui: 'tdd', color: false, timeout: TIMEOUT, ...reporter });
  for (const file of testFiles()) mocha.addFile(file);
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}

function testFiles(): string[] {
  const only = process.env.COSMOS_TEST_ONLY;
  const areas = readdirSync(__dirname).filter((name) => name.endsWith('.test.cjs'));
  const wanted = only ? areas.filter((name) => only.split(',').includes(name.replace('.test.cjs', ''))) : areas;
  return wanted.map((name) => path.join(__dirname, name));
}
