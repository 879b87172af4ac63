/**
 * Composition root, second half: config -> lock -> build -> begin, and the end in reverse order. As a program it is the
 * daemon in the foreground: node main.js --state-dir D [--config F] [--with-starter]; with --with-starter it ends when its
 * standard input closes.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Standstill, shownText, type Watch } from '../schemas/index.js';
import { build, type Parts } from './build.js';
import { isoNow, systemClock } from './clock.js';
import { defaultConfigFile, loadConfig } from './config.js';
import { forgetOthers } from './environment.js';
import { toCosmosError } from './errors.js';
import { disks } from './foreign/all-disks.js';
import { isSamePath } from './local-path.js';
import { acquireLock, type Lock, type LockFacts, refuseNetworkDrive } from './lock.js';
import { createLogger, type Logger } from './log.js';
import { findMediaTools } from './media/tools.js';
import { namedVariables } from './named-variables.js';
import { closeDatabase } from './queue/db.js';
import { holdCrashing } from './run/hold-crashing.js';
import type { Boundary } from './run/needs.js';
import { RpcServer } from './server/server.js';
import { defaultStateDir, StateDir } from './state-dir.js';
import { closeUmask } from './usual-mode.js';
import { packageVersion } from './version.js';
import { AtWork } from './watchdog/at-work.js';
import { readStandstill } from './watchdog/standstill.js';
import { Watchdog } from './watchdog/watchdog.js';
import { estimate } from './workload/nvidia/estimate.js';

export interface DaemonOptions {
  readonly stateDir: string;
  /** Undefined = $COSMOS_CONFIG, else the user's own. */
  readonly configFile?: string;
  /** Called at the named points of run/needs.ts; fault tests end the process there. */
  readonly boundary?: Boundary;
}

/** A running daemon. */
export interface Daemon {
  /** Stops the daemon in order; runs continue and are followed again after the next start. */
  stop(): void;
  /** Resolves when a client or a signal has asked the daemon to end. */
  readonly stopping: Promise<void>;
  /** Resolves when everything is closed. */
  readonly stopped: Promise<void>;
}

/** Milliseconds that the start waits for the first listing of the watched folders: a dead mount must not block it. */
const FIRST_LISTING_MS = 5000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** @throws CosmosError config_invalid, already_running, state_newer or media_tool_missing */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  closeUmask();
  const loaded = loadConfig(options.configFile);
  const stateDir = new StateDir(options.stateDir);
  stateDir.create();
  const closed = stateDir.close();
  const log = createLogger(stateDir.daemonLog, loaded.config.daemon.log_level);
  if (closed.wasOpen !== null || closed.entries > 0) {
    log.warn(closed, 'the state folder, or files in it, were open to other users; they are closed now');
  }
  const { pid } = process;
  const facts = { pid, url: null, phase: 'starting', startId: randomUUID(), since: isoNow(systemClock) } as const;
  const lock = await lockOrLog(stateDir, facts, log);
  const unheard = onCrash((error) => log.fatal({ err: error }, 'the daemon crashed'));
  try {
    const tools = await findMediaTools(loaded.config.daemon);
    const work = new AtWork({ file: stateDir.atWork, startId: facts.startId, clock: systemClock, log });
    const parts = build({ loaded, stateDir, tools, log, work, boundary: options.boundary });
    const asked = new AbortController();
    const stop = () => asked.abort();
    const server = serve(parts, { ...facts, stop });
    // Not before the database is open: bringing an old, big one up to date may take minutes.
    const watchdog = new Watchdog({ stateDir, startId: facts.startId, clock: systemClock, log });
    work.onChange((now) => watchdog.show(now));
    const { url } = await begin(parts, server).catch(async (error: unknown) => {
      await watchdog.close();
      throw error;
    });
    const { runner } = parts;
    lock.update({ ...facts, url, phase: 'running' });
    runner.start(); // last, so that jobs can be listed and cancelled before any of them continues
    const end = async () => {
      lock.update({ ...facts, url, phase: 'stopping' });
      await server.close();
      disks.close();
      await close(parts);
      await watchdog.close();
      lock.release();
      unheard();
      log.info('stopped');
    };
    const stopping = aborted(asked.signal);
    return { stop, stopping, stopped: stopping.then(end) };
  } catch (error) {
    log.error({ err: error }, 'the daemon did not start'); // a detached daemon has no terminal to print to
    lock.release();
    throw error;
  }
}

/** Logs a crash and lets it happen: a daemon in the background has no standard error. */
function onCrash(tell: (error: Error) => void): () => void {
  process.on('uncaughtExceptionMonitor', tell);
  return () => process.off('uncaughtExceptionMonitor', tell);
}

async function lockOrLog(stateDir: StateDir, facts: LockFacts, log: Logger): Promise<Lock> {
  try {
    await refuseNetworkDrive(stateDir.root);
    return acquireLock(stateDir.lock, facts);
  } catch (error) {
    log.warn(toCosmosError(error).message);
    throw error;
  }
}

function serve(parts: Parts, facts: { pid: number; startId: string; since: string; stop: () => void }): RpcServer {
  const { loaded, stateDir, log } = parts;
  const { config, file } = loaded;
  const daemon = {
    ...{ pid: facts.pid, startId: facts.startId, startedAt: facts.since, stop: facts.stop },
    version: packageVersion(),
    stateDir: stateDir.root,
    config: { file, projects: Object.keys(config.project) },
  };
  const services = {
    ...parts,
    daemon,
    estimates: { get: estimate, defaultGpu: config.estimate.gpu },
  };
  return new RpcServer({
    services,
    clock: systemClock,
    log,
    port: config.daemon.port,
    discoveryFile: stateDir.discovery,
  });
}

/** Starts watching and opens the server; if the server cannot open, everything is closed again. */
async function begin(parts: Parts, server: RpcServer): Promise<{ url: string }> {
  try {
    await wake(parts);
    return await server.listen();
  } catch (error) {
    await close(parts);
    throw error;
  }
}

async function wake(parts: Parts): Promise<void> {
  const { folders, queue, fleet, loaded, log } = parts;
  forgetOldEvents(parts);
  parts.work.takeOver(takeStandstill(parts.stateDir));
  holdCrashing(parts);
  await parts.store.removeScratch();
  if (loaded.config.queue.on_start === 'paused') queue.pause('on_start = "paused" in cosmos.toml');
  if (loaded.config.queue.on_start === 'resume') queue.resume();
  fleet.start();
  const listed = folders
    .start()
    .then(() => watchConfigured(parts))
    .then(() => parts.revisions.resume())
    .then(() => parts.spool.start())
    .catch((error) => {
      if (parts.db.open) log.error({ err: error }, 'the watched folders could not all be opened'); // else the daemon is ending
    });
  await within(FIRST_LISTING_MS, listed);
}

/** What the watchdog of the last daemon wrote about a blocked event loop. It is deleted, so that it is logged once. */
function takeStandstill({ standstill: file }: StateDir): Standstill | undefined {
  const found = readStandstill(file);
  rmSync(file, { force: true });
  return found;
}

/** Waits for the work, but at most `ms` milliseconds; the work then continues. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  let cancel = () => {};
  const late = new Promise<void>((resolve) => {
    cancel = systemClock.after(ms, resolve);
  });
  await Promise.race([work, late]).finally(() => cancel());
}

/**
 * Adds and removes the folders of the configuration; folders that a client added stay. A bad folder does not affect the
 * others.
 */
async function watchConfigured({ folders, loaded, log }: Parts): Promise<void> {
  const wanted = loaded.config.watch;
  const isGone = (watch: Watch) =>
    watch.source === 'config' && !wanted.some(({ path: root }) => isSamePath(root, watch.path));
  for (const watch of folders.list().filter(isGone)) await folders.remove(watch.path);
  for (const { auto_send: autoSend, ...rest } of wanted) {
    const added = folders.add({ ...rest, autoSend, source: 'config' });
    await added.catch((error) => log.error({ err: error, path: rest.path }, 'a configured folder is not watched'));
  }
}

function forgetOldEvents({ journal, loaded }: Parts): void {
  const age = loaded.config.daemon.keep_events_days * DAY_MS;
  journal.prune(new Date(systemClock.now() - age).toISOString());
}

async function close({ runner, folders, revisions, spool, fleet, offers, db }: Parts): Promise<void> {
  fleet.close();
  await spool.close();
  await folders.close();
  await revisions.settled();
  await runner.close();
  offers.close();
  closeDatabase(db);
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/** The daemon as a program: runs until it is asked to stop. A failure is one sentence on stderr and exit code 1. */
export async function main(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: { 'state-dir': { type: 'string' }, config: { type: 'string' }, 'with-starter': { type: 'boolean' } },
  });
  const stateDir = values['state-dir'] ?? process.env.COSMOS_STATE_DIR ?? defaultStateDir;
  forgetOthers(namedVariables(values.config ?? process.env.COSMOS_CONFIG ?? defaultConfigFile));
  const asked = new AbortController();
  // Before the start, because the exit handlers of execa and write-file-atomic swallow signals without another listener; and
  // on, not once: they raise the signal again when no listener is left.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => asked.abort());
  const daemon = await startDaemon({ stateDir, configFile: values.config });
  void aborted(asked.signal).then(daemon.stop);
  const starter = values['with-starter'] === true ? process.stdin : undefined;
  starter?.once('close', daemon.stop).on('error', daemon.stop).resume();
  void daemon.stopping.then(endAtLast);
  await daemon.stopped;
  starter?.destroy(); // an open standard input would keep this process alive
  if (disks.held > 0) endNow();
}

/** Milliseconds for an orderly end. A mount or a host that does not answer must not delay the start of the next daemon. */
const END_MS = 15_000;

/** Ends without waiting: the next start recovers unfinished work as after a crash, so nothing is lost. */
function endAtLast(): void {
  setTimeout(endNow, END_MS).unref();
}

/** Where a thread waits for a disk, exit() waits for the thread (libuv joins its pool), and only a signal ends it. */
function endNow(): void {
  if (disks.held === 0) process.exit();
  process.kill(process.pid, 'SIGKILL');
}

/** The program; start.cts gives it its threads first. */
export async function run(): Promise<void> {
  await main(process.argv.slice(2)).catch((error: unknown) => {
    const { message } = toCosmosError(error); // it may quote text from outside, for example a file name
    process.stderr.write(`Error: ${process.stderr.isTTY ? shownText(message) : message}\n`);
    process.exitCode = 1;
  });
}

/** An old command line (before start.cts existed), from an install.json or an autostart file. */
function isProgram(): boolean {
  const script = process.argv[1];
  return script !== undefined && realpathSync(path.resolve(script)) === fileURLToPath(import.meta.url);
}

if (isProgram()) void run();
