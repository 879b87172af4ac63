/** Whether a process tree that this process did not start itself is alive, and how to end it. */
import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { errnoOf } from '../../errors.js';
import { ProcessError, runProcess } from '../../process.js';

/** Identifies one process for all time: pids are reused, a pid together with its start time is not. */
export const Identity = z.object({
  pid: z.int().positive(),
  /** Boot and start time where the system tells them cheaply (Linux); null elsewhere. */
  token: z.string().nullable(),
});
export type Identity = z.infer<typeof Identity>;

export function identify(pid: number): Identity {
  return { pid, token: readStat(pid)?.token ?? null };
}

/** Whether exactly this process lives; without a token, whether any process has its id. */
export function isAlive({ pid, token }: Identity): boolean {
  if (process.platform !== 'linux') return answers(pid);
  const stat = readStat(pid);
  return stat !== undefined && !stat.zombie && (token === null || token === stat.token);
}

/**
 * Whether any process of the group that `leader` founded is alive. The kernel gives a leader's pid to no other process
 * while its group exists, so if another process has that pid, the group is gone.
 */
export function isTreeAlive(leader: Identity): boolean {
  if (process.platform === 'win32') return isAlive(leader);
  if (isTaken(leader) || !answers(-leader.pid)) return false;
  // A container whose init does not reap keeps dead orphans as zombies, which still answer.
  return process.platform !== 'linux' || livingMembers(leader.pid);
}

/** Sends SIGTERM or SIGKILL to the whole tree; Windows knows only the latter. Harmless when it is gone. */
export async function signalTree(leader: Identity, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (isTaken(leader)) return;
  if (process.platform === 'win32') return await taskkill(leader.pid);
  try {
    process.kill(-leader.pid, signal);
  } catch (error) {
    if (errnoOf(error) !== 'ESRCH') throw error;
  }
}

async function taskkill(pid: number): Promise<void> {
  try {
    await runProcess('taskkill', ['/PID', String(pid), '/T', '/F']);
  } catch (error) {
    // 128 = there is no such process; other codes also come when one of the tree ended by itself meanwhile.
    if (!(error instanceof ProcessError) || answers(pid)) throw error;
  }
}

/** The pid now belongs to another process. */
function isTaken({ pid, token }: Identity): boolean {
  const stat = readStat(pid);
  return stat !== undefined && token !== null && stat.token !== token;
}

/** Signal 0 only checks; EPERM means that the process exists and belongs to another user. */
function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}

function livingMembers(group: number): boolean {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.some((pid) => {
    const stat = readStat(Number(pid));
    return stat !== undefined && stat.group === group && !stat.zombie;
  });
}

interface Stat {
  readonly zombie: boolean;
  readonly group: number;
  readonly token: string;
}

/** Linux only: /proc/PID/stat, see proc(5); the fields after the name, which may itself hold blanks and brackets. */
function readStat(pid: number): Stat | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state = 'X', , group = '0'] = fields;
    return { zombie: /[ZX]/.test(state), group: Number(group), token: `${bootId()}-${fields[19]}` };
  } catch {
    return undefined; // no such process (any more)
  }
}

let boot: string | undefined;

/** Start times count from the boot, so a token holds only together with it. */
function bootId(): string {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  return boot;
}
