/** Other processes, as the system sees them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Ids of the direct children of a process. */
export function childrenOf(pid: number): number[] {
  return list('-P', String(pid));
}

/** Ids of the processes, other than this one, whose command line holds `text`. */
export function processesWith(text: string): number[] {
  return list('-f', '--', text);
}

/** As the kernel calls it: T = stopped (proc(5)). */
export function stateOf(pid: number): string | undefined {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0];
}

function list(...args: string[]): number[] {
  try {
    const found = execFileSync('pgrep', args, { encoding: 'utf8' });
    return found.trim().split('\n').map(Number);
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1) return []; // pgrep's "none"
    throw error;
  }
}
