/** What the real ssh says of a configuration: `ssh -G -F config host`. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { VARIABLES } from './generate.js';

export type Judgement =
  | { readonly ok: true; readonly values: ReadonlyMap<string, readonly string[]> }
  /** `places` = "/home/me/.ssh/config:12" of every line that ssh refuses, as far as it says so. */
  | { readonly ok: false; readonly words: string; readonly places: readonly string[] };

const run = promisify(execFile);

/** @param home where relative Includes and -F are; ssh takes "~" from the user database all the same. */
export async function askSsh(home: string, config: string, args: readonly string[]): Promise<Judgement> {
  const env = { PATH: process.env.PATH, HOME: home, ...VARIABLES };
  try {
    const { stdout } = await run('ssh', ['-G', '-F', config, ...args], { cwd: home, env });
    return { ok: true, values: valuesOf(stdout) };
  } catch (error) {
    const words = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    const places = [...words.matchAll(/^([^\s:]+):? line (\d+):/gm)].map(([, file, line]) => `${file}:${line}`);
    return { ok: false, words, places };
  }
}

function valuesOf(stdout: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const line of stdout.split('\n')) {
    const [, keyword, value] = /^(\S+) (.*)$/s.exec(line) ?? [];
    if (keyword !== undefined && value !== undefined) values.set(keyword, [...(values.get(keyword) ?? []), value]);
  }
  return values;
}
