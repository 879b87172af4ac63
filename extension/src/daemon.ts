/** The daemon of this machine: found by its discovery file, started through install.json. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, readFileSync, watch } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HEALTH_TIMEOUT, healthOf, isAlive, readDiscovery } from '../../client/discovery.js';
import { type Discovery, Install } from '../../schemas/discovery.js';
import { PROTOCOL_VERSION } from '../../schemas/protocol/version.js';
import { notSetUp, Problem } from './problem.js';
import { isSamePath } from './same-path.js';
import type { DaemonSettings } from './settings.js';
import { StartWords } from './start-words.js';

/** Milliseconds a daemon may take from its start until it answers; migrations of a big database take a while. */
const START_TIMEOUT = 60_000;
/** Milliseconds for another daemon to answer, to which the one that was started may have given way. */
const YIELD_GRACE = 1500;
/** No event tells that a detached process ended, or that it answers by now: both are looked at this often, in ms. */
const LOOK_EVERY = 200;

type Argv = readonly [string, ...string[]];
export type LocalDaemon = Pick<DaemonSettings, 'stateDir' | 'installFile' | 'command'>;

export function discoveryFile(stateDir: string): string {
  return path.join(stateDir, 'daemon.json');
}

/**
 * The running daemon of the state folder, or undefined when none answers.
 * @throws Problem protocol_mismatch when it is of another version, daemon_silent when it is there and says nothing.
 */
export async function findDaemon({ stateDir }: Pick<LocalDaemon, 'stateDir'>): Promise<Discovery | undefined> {
  const discovery = readDiscovery(discoveryFile(stateDir));
  if (discovery === undefined) return undefined;
  const health = await healthOf(discovery);
  if (health === 'gone') return undefined;
  if (health === 'silent') throw silent(discovery);
  if (discovery.protocol === PROTOCOL_VERSION) return discovery;
  const older = discovery.protocol < PROTOCOL_VERSION ? 'daemon' : 'extension';
  const message = `The daemon (version ${discovery.version}) and the extension speak different protocol versions (${discovery.protocol} and ${PROTOCOL_VERSION}). Update the ${older}.`;
  throw new Problem('protocol_mismatch', message, ['update', 'retry']);
}

/** A daemon that stops takes its daemon.json away; one that still lies there while its process is gone has crashed. */
export function hasCrashed(stateDir: string): boolean {
  const discovery = readDiscovery(discoveryFile(stateDir));
  return discovery !== undefined && !isAlive(discovery.pid);
}

/**
 * Starts a detached daemon and waits until it answers. Of two that start at the same time, the state folder's lock
 * lets one live; both callers find that one.
 * @throws Problem not_installed, config_invalid, start_failed, daemon_silent or protocol_mismatch.
 */
export async function startDaemon(place: LocalDaemon): Promise<Discovery> {
  const [program, ...args] = commandLine(place);
  const words = new StartWords(place.stateDir);
  const ending = new AbortController();
  try {
    const child = launched(place, words, [program, ...args]);
    const found = await Promise.race([endedBadly(child, program, words), arrival(place, words, ending.signal)]);
    if (found instanceof Problem) throw found;
    return found;
  } finally {
    ending.abort();
  }
}

function launched({ stateDir }: LocalDaemon, words: StartWords, [program, ...args]: Argv): ChildProcess {
  try {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    const stderr = words.open();
    try {
      return spawn(program, args, { detached: true, stdio: ['ignore', 'ignore', stderr], windowsHide: true });
    } finally {
      closeSync(stderr);
    }
  } catch (error) {
    throw cannotStart(program, error);
  }
}

/** Never resolves for one that ended well: it has started another process, or has given way to a daemon that is there. */
function endedBadly(child: ChildProcess, program: string, words: StartWords): Promise<Problem> {
  child.unref();
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(cannotStart(program, error)));
    child.once('exit', (code) => {
      const how = code === null ? 'was ended by a signal' : `ended with exit code ${code}`;
      if (code !== 0) setTimeout(() => resolve(words.problem(`${program} ${how}`)), YIELD_GRACE).unref();
    });
  });
}

function commandLine({ command, installFile, stateDir }: LocalDaemon): Argv {
  const [program, ...args] = command.length > 0 ? command : installedCommand(installFile, stateDir);
  if (program !== undefined) return [program, ...args];
  throw new Problem('config_invalid', `${installFile} names no program: set Cosmos Bridge up again.`, ['install']);
}

function installedCommand(file: string, stateDir: string): readonly string[] {
  const install = readInstall(file);
  if (isSamePath(path.resolve(install.stateDir), stateDir)) return install.argv;
  const message = `The installed daemon uses the state folder ${install.stateDir}, and the settings ask for ${stateDir}.`;
  throw new Problem('config_invalid', message, ['settings', 'install']);
}

function readInstall(file: string): Install {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw notSetUp(file, cause);
  }
  try {
    return Install.parse(JSON.parse(text));
  } catch (cause) {
    const message = `${file} is damaged: set Cosmos Bridge up again, which writes it anew.`;
    throw new Problem('config_invalid', message, ['install'], { file }, { cause });
  }
}

function cannotStart(program: string, cause: unknown): Problem {
  const words = cause instanceof Error ? cause.message : String(cause);
  const message = `The daemon could not be started (${program}): ${words}.`;
  return new Problem('start_failed', message, ['install', 'start'], {}, { cause });
}

/** Looks when something changes in the state folder, and now and then: a daemon answers a little after it says where. */
async function arrival(place: LocalDaemon, words: StartWords, signal: AbortSignal): Promise<Discovery | Problem> {
  const deadline = performance.now() + START_TIMEOUT;
  while (performance.now() < deadline && !signal.aborted) {
    const found = await findDaemon(place);
    if (found !== undefined) return found;
    const refused = words.refusal();
    if (refused !== undefined) return refused;
    await folderChanged(place.stateDir, LOOK_EVERY);
  }
  return words.problem(`it did not answer for ${START_TIMEOUT / 1000} s`);
}

/** Resolves with the next change in a folder, or after `timeout` milliseconds. */
async function folderChanged(folder: string, timeout: number): Promise<void> {
  const watcher = watch(folder);
  watcher.on('error', () => {}); // the timeout goes on without events
  try {
    await Promise.race([once(watcher, 'change').catch(() => {}), pause(timeout)]);
  } finally {
    watcher.close();
  }
}

/** A second one would only give way to it. */
function silent({ pid }: Discovery): Problem {
  const waited = `waited ${HEALTH_TIMEOUT / 1000} s`;
  const message = `The daemon process ${pid} does not answer (${waited}). End it in a terminal with: cosmos daemon stop --force`;
  return new Problem('daemon_silent', message, ['retry', 'log'], { pid });
}
