/**
 * `cosmos demo`: a clip of a destroyed city block is exported while a real daemon watches, and becomes a video, with a
 * late frame and a killed daemon on the way. What is said at the end was measured; nothing is left running.
 */
import type { Event, Progress } from '../../schemas/received.js';
import type { Output } from '../cli/output/output.js';
import { systemClock } from '../clock.js';
import { CosmosError, toCosmosError } from '../errors.js';
import { Bridge, type BridgeListener } from './bridge.js';
import type { Proof } from './claim.js';
import type { ExportFormat, ExportOrder } from './export-messages.js';
import { Exporter } from './exporter.js';
import type { Facts } from './facts.js';
import { lastScreen } from './last-screen.js';
import { Narrator } from './narrator.js';
import { noProcessLeft, proofsOf } from './proofs.js';
import { type DemoReport, failureReport, successReport } from './report.js';
import { SimHost } from './sim/sim-host.js';
import { hostGone } from './sim/sim-proofs.js';
import { Stage } from './stage.js';
import { type Cast, Story } from './story.js';
import { THIS_COMPUTER } from './venue.js';
import { Workspace } from './workspace.js';

const SCENE = { seed: 7, frames: 48, width: 640, height: 360, late: { pass: 'depth', frame: 12 } } as const;
const TITLE = 'Cosmos Bridge demo: from a rendered clip to a finished video, on this computer, without a GPU';
const HOST_TITLE =
  'Cosmos Bridge demo: from a rendered clip to a finished video, on a simulated GPU host behind real SSH and Docker';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface DemoOptions {
  /** What the scene is exported as. */
  readonly format: ExportFormat;
  /** Keep everything, state and logs too, in this new or empty folder. */
  readonly keep?: string;
  /** Model that the simulated host stands in for; without, a preview is made on this computer. */
  readonly simulate?: SimHost['engine'];
  readonly out: Output;
}

/** Plays the demo; gives the exit code: 0 when everything was proved, else 1. @throws CosmosError usage */
export async function runDemo({ format, keep, simulate, out }: DemoOptions): Promise<number> {
  const stage = await Stage.open(out.json ? out.stderr : out.stdout, systemClock);
  const workspace = Workspace.create(keep);
  const report = await new Demo(stage, workspace, format, simulate).run();
  if (out.json) out.stdout.data(`${JSON.stringify(report)}\n`);
  else if (report.error !== undefined) stage.tell('bad', report.error);
  return report.ok ? 0 : 1;
}

class Demo {
  private readonly cast: Cast;
  private readonly stopped = new AbortController();

  constructor(
    private readonly stage: Stage,
    private readonly workspace: Workspace,
    format: ExportFormat,
    simulate: SimHost['engine'] | undefined,
  ) {
    const order: ExportOrder = { ...SCENE, format, folder: workspace.clip };
    const narrator = new Narrator(stage, order.frames);
    const host = simulate === undefined ? undefined : new SimHost(simulate, stage, systemClock);
    const listener = host === undefined ? narrator : new Listeners([host.stages, narrator]);
    const bridge = new Bridge(workspace, systemClock, listener);
    const exporter = new Exporter(order, narrator);
    const { signal } = this.stopped;
    this.cast = { bridge, exporter, workspace, stage, order, host, signal, clock: systemClock };
  }

  async run(): Promise<DemoReport> {
    const interrupt = (signal: string) => this.interrupt(signal);
    // process.exit would leave no time to stop everything in order.
    const lastResort = () => this.cast.bridge.killLeftOver();
    for (const signal of SIGNALS) process.on(signal, interrupt);
    process.once('exit', lastResort);
    this.stage.onClosed(() => interrupt('a closed output'));
    this.stage.print(this.stage.colors.bold(this.cast.host === undefined ? TITLE : HOST_TITLE));
    try {
      return await this.play();
    } finally {
      for (const signal of SIGNALS) process.off(signal, interrupt);
      process.off('exit', lastResort);
      this.stage.settle();
    }
  }

  private interrupt(by: string): void {
    const { bridge, exporter } = this.cast;
    const error = new CosmosError('internal', `The demo was stopped by ${by}.`);
    this.stopped.abort(error);
    bridge.journal.abandon(error);
    void exporter.close();
  }

  private async play(): Promise<DemoReport> {
    const { bridge, host } = this.cast;
    let facts: Facts | undefined;
    let failure: CosmosError | undefined;
    try {
      const venue = await host?.open(this.workspace.home, this.stopped.signal);
      this.workspace.prepare(venue ?? THIS_COMPUTER);
      facts = await new Story(this.cast).play();
    } catch (error) {
      // Stopping breaks whatever was going on in its own way: the person hears that it was stopped.
      failure = toCosmosError(this.stopped.signal.aborted ? this.stopped.signal.reason : error);
    }
    await this.leaveNothing();
    const isGone = (await host?.close()) ?? true;
    this.workspace.cleanUp(facts !== undefined);
    if (facts === undefined) return failureReport(failure?.message ?? 'The demo did not end.', this.stage.seconds);
    const proofs = [...proofsOf(facts), noProcessLeft(bridge.pids, bridge.leftOver())];
    if (facts.host !== undefined) proofs.push(hostGone(facts.host.name, isGone));
    this.show(facts, proofs);
    return successReport(facts, proofs, this.stage.seconds);
  }

  private show(facts: Facts, proofs: readonly Proof[]): void {
    const { colors, seconds } = this.stage;
    this.stage.print(...lastScreen({ facts, proofs, colors, seconds, platform: process.platform }));
  }

  /** Ends the export, a job that still runs, and the daemon; the last proof reports what could not be ended. */
  private async leaveNothing(): Promise<void> {
    const { bridge, exporter } = this.cast;
    await exporter.close();
    try {
      await this.cancelLiveJobs();
      await bridge.stop();
    } catch (error) {
      this.stage.tell('bad', `The daemon could not be stopped cleanly: ${toCosmosError(error).message}`);
      bridge.killLeftOver();
    }
  }

  /** After a failure between the kill and the next start the run has no daemon: one is started to stop it. */
  private async cancelLiveJobs(): Promise<void> {
    const { bridge } = this.cast;
    const latest = new Map(
      bridge.journal.events.flatMap((event) => (event.kind === 'job' ? [[event.id, event.data.endedAt] as const] : [])),
    );
    const live = [...latest].flatMap(([id, endedAt]) => (endedAt === null ? [id] : []));
    if (live.length === 0) return;
    if (!bridge.isConnected) await bridge.start();
    const before = bridge.journal.seq;
    await bridge.call('job.cancel', { ids: live });
    const ended = (id: string) =>
      bridge.journal.until(
        'That the job was stopped',
        20,
        (event) => (event.kind === 'job' && event.id === id && event.data.endedAt !== null ? true : undefined),
        before,
      );
    await Promise.all(live.map(ended));
  }
}

/** Passes what one bridge reports to several listeners. */
class Listeners implements BridgeListener {
  constructor(private readonly all: readonly BridgeListener[]) {}

  event(event: Event): void {
    for (const listener of this.all) listener.event(event);
  }

  progress(progress: Progress): void {
    for (const listener of this.all) listener.progress(progress);
  }
}
