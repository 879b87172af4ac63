/** The Python tools that judge the Houdini plugin, in the environments that the setup has made. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = path.join(root, 'test', 'houdini');

export const CONFIG = path.join('houdini', 'pyproject.toml');
export const SOURCES = ['houdini', path.join('test', 'houdini', 'python')];

/** What a tool that is content comes to; its words are shown when it is not. */
export const PASSED = { code: 0, words: '' };

export function hasPython(environment: string): boolean {
  return existsSync(path.join(here, '.venv', environment, '.cosmos-setup'));
}

/** Runs a Python module's own command in an environment. */
export function runTool(
  environment: string,
  name: string,
  ...args: string[]
): Promise<{ code: unknown; words: string }> {
  if (!hasPython(environment)) {
    throw new Error('The Python of these tests is not there. Run: node .dev/setup.mjs --test');
  }
  const python = path.join(here, '.venv', environment, process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
  const cache = (name: string) => path.join(here, '.cache', name);
  const caches = { PYTHONPYCACHEPREFIX: cache('pyc'), RUFF_CACHE_DIR: cache('ruff') }; // ruff takes a path of its settings from where it runs
  const env = { ...process.env, QT_QPA_PLATFORM: 'offscreen', ...caches };
  return new Promise((resolve) => {
    execFile(python, ['-m', name, ...args], { cwd: root, env, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      resolve(error === null ? PASSED : { code: error.code, words: `${stdout}${stderr}` });
    });
  });
}
