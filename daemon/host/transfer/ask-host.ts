/** Runs the transfer's scripts and turns their failures into sentences. */
import prettyBytes from 'pretty-bytes';
import { CosmosError } from '../../errors.js';
import { lastLine, STDERR_CHARACTERS } from '../shell/checked.js';
import type { Remote, RemoteResult, RunOptions } from '../shell/remote.js';
import { NO_TOOL } from './shell.js';

/** A host and our folder on it. */
export interface HostRoot {
  readonly remote: Remote;
  /** Absolute path of the folder on the host that is ours. */
  readonly root: string;
}

/**
 * Standard output of a script that has to succeed.
 * @throws CosmosError disk_full, host_file_failed or host_step_failed; whatever the connection throws.
 */
export async function askHost(
  host: HostRoot,
  script: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Buffer> {
  const result = await host.remote.run(script, args, options);
  if (result.exitCode !== 0) throw await failureOf(host, result, 0);
  return result.stdout;
}

/** The error behind a script that failed while `needed` bytes were still to be written. */
export async function failureOf(host: HostRoot, result: RemoteResult, needed: number): Promise<CosmosError> {
  const said = result.stderr.trim();
  const line = lastLine(said);
  if (/No space left|Disk quota exceeded/i.test(said)) return diskFull(host.root, needed, await freeBytes(host));
  if (/Permission denied|Operation not permitted|Read-only file system/i.test(said)) {
    const message = `The host does not let this user work in ${host.root}: ${line}. Give the user that folder, or configure another root for this host.`;
    return new CosmosError('host_file_failed', message, { path: host.root, stderr: said.slice(-STDERR_CHARACTERS) });
  }
  if (result.exitCode === NO_TOOL) {
    const message = `The host has no program that computes SHA-256 (${said}); install coreutils there.`;
    return new CosmosError('host_step_failed', message, { root: host.root });
  }
  const message = `A file operation in ${host.root} failed on the host (exit code ${result.exitCode}): ${line || 'it gave no reason'}.`;
  return new CosmosError('host_step_failed', message, {
    root: host.root,
    exitCode: result.exitCode,
    stderr: said.slice(-STDERR_CHARACTERS),
  });
}

/** The error of a full disk, with the bytes needed and free. */
export function diskFull(root: string, needed: number, free: number): CosmosError {
  const message = `The host's disk that holds ${root} is full: ${prettyBytes(needed)} are needed, ${prettyBytes(free)} are free. Free some there, then retry.`;
  return new CosmosError('disk_full', message, { root, needed, free });
}

const FREE = 'cd -- "$1" && df -Pk .';

/** Bytes that the SSH user may still write on the disk of the store. */
export async function freeBytes({ remote, root }: HostRoot): Promise<number> {
  const { stdout } = await remote.run(FREE, [root]);
  return parseFree(stdout.toString());
}

/** Available bytes from `df -Pk`. The device may have spaces in its name: the columns are found by their shape. */
export function parseFree(text: string): number {
  const columns = /\s\d+\s+\d+\s+(-?\d+)\s+(?:\d+%|-)\s/.exec(text);
  return Math.max(0, Number(columns?.[1] ?? 0)) * 1024;
}
