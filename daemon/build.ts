/**
 * Composition root, first half: builds every part of the daemon and connects them. Here the compiler proves that each
 * part fits the small interfaces that the others declare (watch/stores.ts, run/needs.ts, submit/needs.ts,
 * server/services.ts).
 */
import { fileURLToPath } from 'node:url';
import type { Config, EngineName, Job } from '../schemas/index.js';
import { systemClock } from './clock.js';
import { defaultConfigFile, type LoadedConfig, placeOfPassword } from './config.js';
import { ContentStore } from './contents/freeze.js';
import { Hasher } from './contents/hash.js';
import { connectHost } from './fleet/connect.js';
import { Fleet } from './fleet/fleet.js';
import { Hosts } from './fleet/hosts.js';
import { LiveOffers } from './fleet/live-offers.js';
import { Passphrases } from './fleet/passphrases.js';
import { removeFromConfig } from './fleet/remove-from-config.js';
import { LocalHost } from './host/local/local.js';
import { systemEnvironment } from './host/shell/config/environment.js';
import { Keychain } from './host/shell/keys/keychain.js';
import { pathKey } from './local-path.js';
import type { Logger } from './log.js';
import type { MediaTools } from './media/tools.js';
import { networkMountOf } from './network-mount.js';
import type { ReaderProgram } from './picture/exr/frames.js';
import { Encoder } from './picture/movie/encode.js';
import { Thumbnails } from './picture/movie/thumbnails.js';
import { PictureReader } from './picture/picture-reader.js';
import { Presets } from './presets/presets.js';
import { Adoptions } from './queue/adoptions.js';
import { ClipStore } from './queue/clips.js';
import { type Database, openDatabase } from './queue/db.js';
import { HashCache } from './queue/hashes.js';
import { HostStore } from './queue/hosts.js';
import { Journal } from './queue/journal.js';
import { Queue } from './queue/queue.js';
import { ResultStore } from './queue/results.js';
import { RunStore } from './queue/runs.js';
import { WatchStore } from './queue/watches.js';
import type { HostOffer } from './run/host-offer.js';
import type { Boundary } from './run/needs.js';
import { ProgressBoard } from './run/progress.js';
import { RunLogs } from './run/run-log.js';
import { Runner } from './run/runner.js';
import type { StateDir } from './state-dir.js';
import { holdReason } from './submit/hold.js';
import { Revisions } from './submit/revisions.js';
import { Spool } from './submit/spool.js';
import { Submissions } from './submit/submit.js';
import { packageVersion } from './version.js';
import { Folders } from './watch/folders.js';
import { watchFiles } from './watch/watch-files.js';
import type { AtWork } from './watchdog/at-work.js';
import { Cosmos3Engine } from './workload/cosmos3/cosmos3.js';
import { MediaFacts } from './workload/dialects/media-facts.js';
import type { Engine } from './workload/engine.js';
import { estimateSpec } from './workload/nvidia/estimate-spec.js';
import { PreviewEngine } from './workload/preview/preview.js';
import { Preparer } from './workload/transfer/prepare.js';
import { SpecChecks } from './workload/transfer/spec-checks.js';
import { Transfer25Engine } from './workload/transfer25/transfer25.js';

/** What must exist before the parts can be built. */
export interface Ground {
  readonly loaded: LoadedConfig;
  readonly stateDir: StateDir;
  readonly tools: MediaTools;
  readonly log: Logger;
  readonly work: AtWork;
  /** Called at the named moments of run/needs.ts; fault tests end the process there. */
  readonly boundary?: Boundary;
}

export interface Parts extends Ground {
  readonly db: Database;
  readonly journal: Journal;
  readonly queue: Queue;
  readonly runs: RunStore;
  readonly results: ResultStore;
  readonly clips: ClipStore;
  readonly logs: RunLogs;
  readonly folders: Folders;
  readonly offers: LiveOffers;
  readonly fleet: Fleet;
  readonly hosts: Hosts;
  readonly presets: Presets;
  readonly store: ContentStore;
  readonly submissions: Submissions;
  readonly revisions: Revisions;
  readonly spool: Spool;
  readonly specs: SpecChecks;
  readonly thumbnails: Thumbnails;
  readonly runner: Runner;
}

/** Builds and wires everything; nothing runs yet. */
export function build(ground: Ground): Parts {
  const { boundary, loaded, stateDir, tools, log, work } = ground;
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
  const pictures = new PictureReader({ tools, aliases: config.aliases, program: readerProgram() });
  const folders = new Folders({
    ...{ clips, watches, tools, pictures, clock, log },
    aliases: config.aliases,
    ownOutputs: knownVideos(results, journal),
    objection: (clip, files) => submissions.objection(clip, files),
    networkMount: networkMountOf,
  });
  const passphrases = new Passphrases();
  const keychain = new Keychain(passphrases.ask);
  const hostStore = new HostStore(db, journal);
  const offers = new LiveOffers({
    local: localOffer(stateDir, config),
    connect: (host) => connectHost(host, { stateDir, clock, keychain, passwordAt: placeOfPassword(host) }),
    draining: (host) => hostStore.draining(host),
  });
  for (const host of config.host) offers.add(host);
  const engines = enginesFor(tools, config);
  const store = new ContentStore(stateDir);
  const hasher = new Hasher(new HashCache(db));
  const encoder = new Encoder({ tools, pictures, stateDir, store, hasher, niceness: config.preview.niceness });
  const preparer = new Preparer({ queue, clips, watches, config, tools, stateDir, store, encoder });
  const pricePerHour = ({ engine, host }: JobDemand) => dearest(offers.list(), { engine, host });
  const configFile = loaded.file ?? defaultConfigFile;
  const presets = new Presets({ file: configFile, atStart: config.preset, watches: () => folders.list(), log });
  const submissions: Submissions = new Submissions({
    ...{ presets, queue, results, folders, clips, config, log, pricePerHour },
    estimate: (question) => estimateSpec(question, config.estimate.gpu, pricePerHour(question)),
  });
  const runner = new Runner({
    ...{ queue, runs, results, clips, journal, preparer, logs, stateDir, tools, clock, log, engines, offers },
    ...{ work, progress: new ProgressBoard(clock) },
    settings: runSettings(config),
    holdReason: ({ settings }, { passes }) => holdReason(settings, pricePerHour(settings), passes),
    boundary,
    version: packageVersion(),
  });
  const fleet = new Fleet({
    ...{ offers, runs, queue, results, journal, runner, clock, log, engines, logs, stateDir, store: hostStore },
    adoptions: new Adoptions(db, runs, journal, clock),
    configuration: { remove: (host) => removeFromConfig(host, configFile) },
  });
  const hosts = new Hosts({
    ...{ engines, clock, keychain, passphrases, knownHosts: stateDir.knownHosts, environment: systemEnvironment },
    configFile,
    standing: (host) => offers.standing(host),
    onCleared: () => fleet.cleared(),
    onAdded: (host) => fleet.add(host),
  });
  const thumbnails = new Thumbnails({ tools, pictures, store, folders, config });
  const revisions = new Revisions({ clips, clock, log, clipReady: (clip) => submissions.clipReady(clip) });
  const spool = new Spool({
    ...{ folder: stateDir.spool, folders, clock, log, watchFiles },
    wasSubmitted: (key) => queue.wasSubmitted(key),
    submit: (params) => submissions.submit(params),
  });
  const specs = new SpecChecks({
    ...{ folders, clips, prepared: (job) => queue.prepared(job) },
    media: new MediaFacts({ tools, cacheFile: stateDir.mediaCache }),
    estimate: (question) => estimateSpec(question, config.estimate.gpu, pricePerHour({ ...question, host: null })),
  });
  folders.onReady((clip) => revisions.take(clip));
  return {
    ...ground,
    db,
    journal,
    queue,
    runs,
    results,
    clips,
    logs,
    folders,
    offers,
    fleet,
    hosts,
    presets,
    store,
    submissions,
    revisions,
    spool,
    specs,
    thumbnails,
    runner,
  };
}

/**
 * Our own videos whose names do not show that they are ours. Kept in memory, because every listed file is compared with
 * them.
 */
function knownVideos(results: ResultStore, journal: Journal): (file: string) => boolean {
  const videos = new Set(results.list().map(({ video }) => pathKey(video)));
  journal.onEvent((event) => {
    if (event.kind === 'result') videos.add(pathKey(event.data.video));
  });
  return (file) => videos.has(pathKey(file));
}

function localOffer(stateDir: StateDir, config: Config): HostOffer {
  const host = new LocalHost({ clock: systemClock, root: stateDir.localHost });
  return { host, engines: ['preview'], slots: config.local.slots, pricePerHour: 0 };
}

function enginesFor(tools: MediaTools, config: Config): Map<EngineName, Engine> {
  const { 'transfer2.5': transfer25, cosmos3 } = config.engine;
  const all: Engine[] = [previewEngine(tools, config), new Transfer25Engine(transfer25), new Cosmos3Engine(cosmos3)];
  return new Map(all.map((engine) => [engine.name, engine]));
}

function readerProgram(): ReaderProgram {
  return { node: process.execPath, script: fileURLToPath(new URL('./picture/exr/main.js', import.meta.url)) };
}

function previewEngine(tools: MediaTools, config: Config): PreviewEngine {
  const script = fileURLToPath(new URL('./workload/preview/main.js', import.meta.url));
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

type JobDemand = Pick<Job, 'engine' | 'host'>;

/** Dollars an hour of the dearest host that may run the job; 0 = none costs anything. */
function dearest(offers: readonly HostOffer[], wanted: JobDemand): number {
  const able = offers.filter(({ host, engines }) => {
    return engines.includes(wanted.engine) && host.id === (wanted.host ?? host.id);
  });
  return Math.max(0, ...able.map(({ pricePerHour }) => pricePerHour));
}
