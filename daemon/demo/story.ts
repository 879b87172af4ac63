/** What happens in the demo, in order. Every step waits for what the daemon reports, never for time to pass. */
import type { Clip, Event, Job } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import { CosmosError } from '../errors.js';
import { isEnded } from '../job/life.js';
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
/** Frames of the longer clip whose price is told: just over one chunk of 93. */
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
  /** Aborted when the person stops the demo; its reason is the error to tell. */
  readonly signal: AbortSignal;
}

export class Story {
  constructor(private readonly cast: Cast) {}

  async play(): Promise<Facts> {
    const { bridge, exporter, stage, workspace } = this.cast;
    exporter.open(); // the scene is built while the daemon starts
    const pid = await bridge.start();
    stage.tell('good', `daemon ${pid} watches ${workspace.exports}, auto-send is on`);
    const { late, clip } = await this.exportWithLateFrame();
    const kill = await this.killInMidRun();
    const job = await this.jobThat('ended', 120, ({ state }) => isEnded(state));
    if (job.state !== 'succeeded') throw new CosmosError('run_failed', `The job is ${job.state}: ${job.reason}`);
    return this.gather(late, clip, kill, job);
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

  private async killInMidRun(): Promise<Kill> {
    const { bridge, stage, workspace, clock, host } = this.cast;
    const { id, run } = await this.jobThat('running', 60, ({ state }) => state === 'running' || isEnded(state));
    const tooLate = this.jobThat('at work', 60, ({ state }) => isEnded(state)).then((job): never => {
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
    if (host !== undefined) {
      await Promise.race([bridge.progressOf(id, fraction), tooLate]); // it is read from the log of the run again
      await host.lookAtAdopted();
    }
    return { killedPid, nextPid, fraction, run, logAtDeath, logBeforeNext };
  }

  private async gather(late: LateFrame, clip: Clip, kill: Kill, { id }: Job): Promise<Facts> {
    const { bridge, workspace, order, host } = this.cast;
    const { job, attempts, result } = await bridge.call('job.get', { id });
    if (result === null) throw new CosmosError('output_invalid', 'The job succeeded without a result.');
    const { runs } = await bridge.call('run.list', {});
    const { text: log } = await bridge.call('log.read', { id: kill.run, from: 0, bytes: 2 ** 20 });
    const specFile = workspace.saveSpec(kill.run, id);
    const { report: check } = await bridge.call('spec.check', { file: specFile });
    const video = await probeVideo(await findMediaTools(), result.video);
    const costs = await this.costs();
    const { seq: lastSeq } = await bridge.call('daemon.status', {});
    const { events, jumps } = bridge.journal;
    const exported = { frames: order.frames, width: order.width, height: order.height, fps: FPS };
    return {
      ...{ late, clip, kill, job, attempts, runs, log, result, video, specFile, check, costs, exported },
      ...{ events: events.length, jumps, lastSeq },
      ...(host !== undefined && { host: await host.gather(result, log) }),
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
