/** Plays the steps of the demo in order. Every step waits for a report of the daemon, never for time to pass. */
import type { Clip, Event, Job } from '../../schemas/received.js';
import type { Clock } from '../clock.js';
import { CosmosError } from '../errors.js';
import { probeVideo } from '../media/probe.js';
import { findMediaTools } from '../media/tools.js';
import type { Bridge } from './bridge.js';
import type { ExportOrder } from './export-messages.js';
import type { Exporter } from './exporter.js';
import type { Costs, Facts, Kill, LateFrame } from './facts.js';
import { fileSize, grownBeyond } from './log-growth.js';
import type { SimHost } from './sim/sim-host.js';
import type { Stage } from './stage.js';
import { FPS, type Workspace } from './workspace.js';

/** Progress of the run at which its daemon is killed. */
const KILL_AT = 0.3;
/** Milliseconds in which a living run must have written to its log. */
const LOG_PATIENCE = 8000;
/** Frames of the longer clip whose price is shown: just over one chunk of 93. */
const LONG_CLIP = 121;
const GPU = 'H100 PCIe';

export interface Cast {
  readonly bridge: Bridge;
  readonly exporter: Exporter;
  readonly workspace: Workspace;
  readonly stage: Stage;
  readonly clock: Clock;
  readonly order: ExportOrder;
  /** Where the run goes; undefined = it stays on this computer. */
  readonly host: SimHost | undefined;
  /** Aborted when the person stops the demo; its reason is the error to print. */
  readonly signal: AbortSignal;
}

/** What was seen before the job ended. */
type Seen = Pick<Facts, 'late' | 'clip' | 'kill' | 'specFile'>;

export class Story {
  constructor(private readonly cast: Cast) {}

  async play(): Promise<Facts> {
    const { bridge, exporter, stage, workspace, host } = this.cast;
    exporter.open(); // the scene is built while the daemon starts
    const pid = await bridge.start();
    stage.tell('good', `daemon ${pid} watches ${workspace.exports}, auto-send is on`);
    await host?.test(bridge);
    const { late, clip } = await this.exportWithLateFrame();
    const running = await this.jobThat('running', 60, ({ state, endedAt }) => state === 'running' || endedAt !== null);
    const kill = await this.killInMidRun(running);
    const specFile = workspace.saveSpec(kill.run, running.id); // a finished run leaves no files on another host
    const job = await this.jobThat('ended', 120, ({ endedAt }) => endedAt !== null);
    if (job.state !== 'succeeded') throw new CosmosError('run_failed', `The job is ${job.state}: ${job.reason}`);
    return this.gather({ late, clip, kill, specFile }, job);
  }

  private async exportWithLateFrame(): Promise<{ late: LateFrame; clip: Clip }> {
    const { bridge, exporter, stage, order } = this.cast;
    await exporter.writeAllButLate();
    const written = bridge.journal.seq;
    const { pass, frame } = order.late;
    const number = String(frame).padStart(4, '0');
    stage.tell('waits', `all frames are written, only ${pass} ${number} is held back on purpose`);
    const { reason } = await this.clipThat(
      'noticed as incomplete',
      (clip) => clip.state === 'incomplete' && clip.reason.includes(pass) && clip.reason.includes(number),
      written,
    );
    const { jobs } = await bridge.call('job.list', {});
    const before = bridge.journal.seq;
    stage.tell('moves', `${pass} ${number} is written now`);
    await exporter.writeLate();
    const clip = await this.clipThat('healed', ({ state }) => state === 'ready', before);
    return { late: { pass, frame, reason, jobsMeanwhile: jobs.length }, clip };
  }

  private async killInMidRun({ id, run }: Job): Promise<Kill> {
    const { bridge, stage, workspace, clock, host } = this.cast;
    const tooLate = this.jobThat('at work', 60, ({ endedAt }) => endedAt !== null).then((job): never => {
      throw new CosmosError('run_failed', `The job was ${job.state} before the daemon could be killed. ${job.reason}`);
    });
    const { fraction } = await Promise.race([bridge.progressOf(id, KILL_AT), tooLate]);
    if (run === null) throw new CosmosError('internal', `The job ${id} runs without a run.`);
    const killedPid = await bridge.kill();
    stage.tell(
      'waits',
      `daemon ${killedPid} was killed with kill -9 at ${Math.floor(fraction * 100)}%; the run goes on`,
    );
    const log = workspace.runLog(run);
    const logAtDeath = fileSize(log);
    const logBeforeNext = await grownBeyond(logAtDeath, log, clock, LOG_PATIENCE);
    await host?.lookAtOrphan();
    const nextPid = await bridge.start();
    stage.tell('good', `daemon ${nextPid} is there and picks up run ${run}`);
    await this.seeAdopted(id, fraction);
    return { killedPid, nextPid, fraction, run, logAtDeath, logBeforeNext };
  }

  /** Its progress says that the next daemon reads the log of the run again. */
  private async seeAdopted(id: string, fraction: number): Promise<void> {
    const { bridge, host } = this.cast;
    if (host === undefined) return;
    const tooLate = this.jobThat('followed again', 60, ({ endedAt }) => endedAt !== null).then((job): never => {
      throw new CosmosError('run_failed', `The job was ${job.state} before it was seen to be followed again.`);
    });
    await Promise.race([bridge.progressOf(id, fraction), tooLate]);
    await host.lookAtAdopted();
  }

  private async gather(seen: Seen, { id }: Job): Promise<Facts> {
    const { kill, specFile } = seen;
    const { bridge, order, host, signal } = this.cast;
    const { job, attempts, result } = await bridge.call('job.get', { id });
    if (result === null) throw new CosmosError('output_invalid', 'The job succeeded without a result.');
    const { runs } = await bridge.call('run.list', {});
    const { text: log } = await bridge.call('log.read', { id: kill.run, from: 0, bytes: 2 ** 20 });
    const { report: check } = await bridge.call('spec.check', { file: specFile });
    const video = await probeVideo(await findMediaTools(), result.video);
    const costs = await this.costs();
    const { seq: lastSeq } = await bridge.call('daemon.status', {});
    const { events, jumps } = bridge.journal;
    const exported = { frames: order.frames, width: order.width, height: order.height, fps: FPS };
    return {
      ...{ ...seen, job, attempts, runs, log, result, video, check, costs, exported },
      ...{ events: events.length, jumps, lastSeq },
      ...(host !== undefined && { host: await host.gather({ result, log, run: kill.run, signal }) }),
    };
  }

  private async costs(): Promise<Costs> {
    const { bridge, order, host } = this.cast;
    const engine = host?.engine ?? 'transfer2.5';
    const cost = (frames: number) => bridge.call('estimate.get', { engine, gpu: GPU, frames });
    const [{ estimate: asIs }, { estimate: long }] = await Promise.all([cost(order.frames), cost(LONG_CLIP)]);
    return { asIs, long };
  }

  private clipThat(what: string, is: (clip: Clip) => boolean, since = 0): Promise<Clip> {
    this.cast.signal.throwIfAborted();
    const find = (event: Event) =>
      event.kind === 'clip' && event.data !== null && is(event.data) ? event.data : undefined;
    return this.cast.bridge.journal.until(`That the clip was ${what}`, 40, find, since);
  }

  private jobThat(what: string, seconds: number, is: (job: Job) => boolean): Promise<Job> {
    this.cast.signal.throwIfAborted();
    const find = (event: Event) => (event.kind === 'job' && is(event.data) ? event.data : undefined);
    return this.cast.bridge.journal.until(`That the job was ${what}`, seconds, find);
  }
}
