/** The Python that judges the picture readers and writes what it judges; `.dev/python.mjs` makes it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The sources, also when this runs from dist/. */
const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/dist[\\/]$/, '');
const here = path.join(root, 'test', 'daemon', 'picture');

/** Starts a script of this folder, its words to us and its mistakes to the screen. */
export function startPython(script: string, ...args: readonly string[]): ChildProcess {
  const interpreter = path.join(here, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (!existsSync(path.join(here, '.venv', '.cosmos-setup'))) {
    throw new Error('The Python of these tests is not there. Run: node .dev/setup.mjs --test');
  }
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  return spawn(interpreter, [path.join(here, script), ...args], { env, stdio: ['pipe', 'pipe', 'inherit'] });
}
