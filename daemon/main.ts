/**
 * Composition root: config -> build -> wire -> signals. The only place that builds things; everything else is handed
 * what it needs. As a program it is the daemon in the foreground: node main.js --state-dir D [--config F].
 */
import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Config, Job } from '../schemas/index.js';
import { isoNow, systemClock } from './clock.js';
import { type LoadedConfig, loadConfig } from './config.js';
import { PreviewEngine } from './engine/preview.js';
import { toCosmosError } from './errors.js';
import { LocalHost } from './host/local.js';
import { estimate } from './job/estimate.js';
import { estimateSpec } from './job/estimate-spec.js';
import { acquireLock, type Lock, type LockFacts } from './lock.js';
import { createLogger, type Logger } from './log.js';
import { findMediaTools, type MediaTools } from './media/tools.js';
import { checkSpec } from './prepare/check.js';
import { Encoder } from './prepare/encode.js';
import { ContentStore } from './prepare/freeze.js';
import { Hasher } from './prepare/hash.js';
import { holdReason } from './prepare/hold.js';
import { Preparer } from './prepare/prepare.js';
import { Submissions } from './prepare/submit.js';
import { ClipStore } from './queue/clips.js';
import { closeDatabase, openDatabase } from './queue/db.js';
import { HashCache } from './queue/hashes.js';
import { Journal } from './queue/journal.js';
import { Queue } from './queue/queue.js';
import { ResultStore } from './queue/results.js';
import { RunStore } from './queue/runs.js';
import { WatchStore } from './queue/watches.js';
import { RpcServer } from './rpc/server.js';
import { hostViews } from './run/host-views.js';
import type { Place } from './run/needs.js';
import { ProgressBoard } from './run/progress.js';
import { RunLogs } from './run/run-log.js';
import { Runner } from './run/runner.js';
import { defaultStateDir, StateDir } from './state-dir.js';
import { packageVersion } from './version.js';
import { Folders } from './watch/folders.js';

export interface DaemonOptions {
  readonly stateDir: string;
  /** Undefined = $COSMOS_CONFIG, else the user's own. */
  readonly configFile?: string;
  /** Called at the named moments of run/needs.ts; fault tests end the process there. */
  readonly boundary?: (name: string) => void | Promise<void>;
}

/** A running daemon. */
export interface Daemon {
  /** Ends it in order; runs go on and are picked up at the next start. */
  stop(): void;
  /** Resolves when everything is closed. */
  readonly stopped: Promise<void>;
}

/** Milliseconds that the first listing of the watched folders may hold up the start; a dead mount must not. */
const FIRST_LISTING_MS = 5000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** @throws CosmosError config_invalid, already_running, state_newer or media_tool_missing */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const loaded = loadConfig(options.configFile);
  const stateDir = new StateDir(options.stateDir);
  stateDir.create();
  const log = createLogger(stateDir.daemonLog, loaded.config.daemon.log_level);
  const facts = { pid: process.pid, url: null, startId: randomUUID(), since: isoNow(systemClock) };
  const lock = lockOrLog(stateDir, facts, log);
  try {
    const tools = await findMediaTools(loaded.config.daemon);
    const parts = build({ options, loaded, stateDir, tools, log });
    const asked = new AbortController();
    const stop = () => asked.abort();
    const server = serve(parts, { ...facts, stop });
    const { url } = await begin(parts, server);
    lock.update({ ...facts, url });
    return { stop, stopped: aborted(asked.signal).then(() => end(parts, server, lock)) };
  } catch (error) {
    log.error({ err: error }, 'the daemon did not start'); // a detached start has nobody to print to
    lock.release();
    throw error;
  }
}

function lockOrLog(stateDir: StateDir, facts: LockFacts, log: Logger): Lock {
  try {
    return acquireLock(stateDir.lock, facts);
  } catch (error) {
    log.warn(toCosmosError(error).message);
    throw error;
  }
}

interface Ground {
  readonly options: DaemonOptions;
  readonly loaded: LoadedConfig;
  readonly stateDir: StateDir;
  readonly tools: MediaTools;
  readonly log: Logger;
}

type Parts = ReturnType<typeof build>;

/** Builds and wires everything; nothing runs yet. */
function build(ground: Ground) {
  const { options, loaded, stateDir, tools, log } = ground;
  const { config } = loaded;
  const clock = systemClock;
  const db = openDatabase(stateDir.database);
  const journal = new Journal(db, clock);
  const queue = new Queue(db, journal, clock);
  const runs = new RunStore(db, journal, clock);
  const results = new ResultStore(db, journal);
  const clips = new ClipStore(db, journal);
  const watches = new WatchStore(db, journal);
  const logs = new RunLogs(stateDir);
  const ownOutputs = (file: string) => results.list().some(({ video }) => video === file);
  const folders = new Folders({ clips, watches, tools, aliases: config.aliases, clock, log, ownOutputs });
  const places = localPlaces(stateDir, config);
  const engines = new Map([['preview' as const, previewEngine(tools, config)]]);
  const store = new ContentStore(stateDir);
  const hasher = new Hasher(new HashCache(db));
  const encoder = new Encoder({ tools, stateDir, store, hasher, niceness: config.preview.niceness });
  const preparer = new Preparer({ clips, watches, config, tools, stateDir, store, encoder });
  const pricePerHour = ({ engine, host }: Wanted) => dearest(places, { engine, host });
  const submissions = new Submissions({
    ...{ queue, results, folders, clips, config, log, pricePerHour },
    estimate: (question) => estimateSpec(question, config.estimate.gpu, pricePerHour(question)),
  });
  const runner = new Runner({
    ...{ queue, runs, results, clips, journal, preparer, logs, stateDir, tools, clock, log, engines },
    places: { get: (id) => places.find(({ host }) => host.id === id), list: () => places },
    progress: new ProgressBoard(clock),
    settings: runSettings(config),
    holdReason: ({ settings }) => holdReason(settings, pricePerHour(settings)),
    boundary: options.boundary,
    version: packageVersion(),
  });
  folders.onReady((clip) => {
    submissions.clipReady(clip).catch((error) => log.error({ err: error, clip: clip.id }, 'a ready clip was not sent'));
  });
  return { ...ground, db, journal, queue, runs, results, clips, watches, logs, folders, places, submissions, runner };
}

function localPlaces(stateDir: StateDir, config: Config): Place[] {
  const host = new LocalHost({ clock: systemClock, root: stateDir.localHost });
  return [{ host, engines: ['preview'], slots: config.local.slots, pricePerHour: 0 }];
}

function previewEngine(tools: MediaTools, config: Config): PreviewEngine {
  const script = fileURLToPath(new URL('./engine/preview/main.js', import.meta.url));
  const { ffmpeg, ffprobe } = tools;
  return new PreviewEngine({ node: process.execPath, script, ffmpeg, ffprobe, niceness: config.preview.niceness });
}

function runSettings({ queue, results }: Config) {
  return {
    retries: queue.retries,
    backoff: queue.backoff,
    canary: queue.canary,
    groupPause: queue.group_pause,
    stallMinutes: queue.stall_minutes,
    resultsFolder: results.folder ?? null,
  };
}

type Wanted = Pick<Job, 'engine' | 'host'>;

/** Dollars an hour of the dearest host that may run the job; 0 = none costs anything. */
function dearest(places: readonly Place[], wanted: Wanted): number {
  const able = places.filter(({ host, engines }) => {
    return engines.includes(wanted.engine) && host.id === (wanted.host ?? host.id);
  });
  return Math.max(0, ...able.map(({ pricePerHour }) => pricePerHour));
}

function serve(parts: Parts, facts: { pid: number; startId: string; since: string; stop: () => void }): RpcServer {
  const { loaded, places, runs, stateDir, log } = parts;
  const { config, file } = loaded;
  const daemon = {
    ...{ pid: facts.pid, startId: facts.startId, startedAt: facts.since, stop: facts.stop },
    version: packageVersion(),
    stateDir: stateDir.root,
    config: { file, presets: Object.keys(config.preset), projects: Object.keys(config.project) },
    hosts: () => hostViews(places, runs.open()),
  };
  const services = {
    ...parts,
    daemon,
    specs: { check: checkSpec },
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

/** What was live goes on, folders are looked at, and then the door opens. */
async function begin(parts: Parts, server: RpcServer): Promise<{ url: string }> {
  const { folders, queue, runner, loaded, log } = parts;
  forgetOldEvents(parts);
  if (loaded.config.queue.on_start === 'paused') queue.pause('on_start = "paused" in cosmos.toml');
  if (loaded.config.queue.on_start === 'resume') queue.resume();
  runner.start();
  const listed = folders
    .start()
    .then(() => watchConfigured(parts))
    .catch((error) => log.error({ err: error }, 'the watched folders could not all be opened'));
  await Promise.race([listed, new Promise<void>((resolve) => systemClock.after(FIRST_LISTING_MS, resolve))]);
  return server.listen();
}

/** The configuration decides about its own folders; those added by a client stay. */
async function watchConfigured({ folders, loaded }: Parts): Promise<void> {
  const wanted = loaded.config.watch;
  for (const watch of folders.list()) {
    if (watch.source === 'config' && !wanted.some(({ path: root }) => root === watch.path))
      await folders.remove(watch.path);
  }
  for (const { auto_send: autoSend, ...rest } of wanted) await folders.add({ ...rest, autoSend, source: 'config' });
}

function forgetOldEvents({ journal, loaded }: Parts): void {
  const age = loaded.config.daemon.keep_events_days * DAY_MS;
  journal.prune(new Date(systemClock.now() - age).toISOString());
}

async function end({ runner, folders, db, log }: Parts, server: RpcServer, lock: Lock): Promise<void> {
  await server.close();
  await folders.close();
  await runner.close();
  closeDatabase(db);
  lock.release();
  log.info('stopped');
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** The daemon as a program: runs until it is told to stop. Trouble is one sentence on stderr and exit code 1. */
export async function main(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: { 'state-dir': { type: 'string' }, config: { type: 'string' } },
  });
  const stateDir = values['state-dir'] ?? process.env.COSMOS_STATE_DIR ?? defaultStateDir;
  const daemon = await startDaemon({ stateDir, configFile: values.config });
  process.once('SIGINT', daemon.stop);
  process.once('SIGTERM', daemon.stop);
  await daemon.stopped;
}

function isProgram(): boolean {
  const script = process.argv[1];
  return script !== undefined && realpathSync(path.resolve(script)) === fileURLToPath(import.meta.url);
}

if (isProgram()) {
  await main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`Error: ${toCosmosError(error).message}\n`);
    process.exitCode = 1;
  });
}
