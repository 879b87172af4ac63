/** Turns the reports of the daemon and the exporter into lines on the stage. */
import type { ClipState } from '../../schemas/clip.js';
import type { Clip, Event, Job, Progress } from '../../schemas/received.js';
import { duration } from '../cli/output/amounts.js';
import type { BridgeListener } from './bridge.js';
import type { ExportWatcher } from './exporter.js';
import type { Stage, Tone } from './stage.js';

export class Narrator implements BridgeListener, ExportWatcher {
  private clipLine = '';
  private jobState = '';
  private isExporting = true;

  constructor(
    private readonly stage: Stage,
    private readonly frames: number,
  ) {}

  scene(triangles: number): void {
    this.stage.tell('good', `scene: a destroyed city block, ${triangles.toLocaleString('en-US')} triangles`);
  }

  frame(frame: number): void {
    this.stage.move('export', frame / this.frames, `frame ${frame}/${this.frames} of color, depth, seg and edge`);
    this.isExporting = frame < this.frames;
  }

  event(event: Event): void {
    if (event.kind === 'clip' && event.data !== null) this.clip(event.data);
    if (event.kind === 'job') this.job(event.data);
  }

  progress({ fraction, stage, eta }: Progress): void {
    if (this.jobState === 'succeeded') return; // sent just before the end, heard just behind it
    const rest = eta === null ? '' : `  ETA ${duration(eta)}`;
    this.stage.move(this.jobState || 'job', fraction, `${stage}${rest}`);
  }

  private clip({ name, state, reason, frames, width, height, fps }: Clip): void {
    const line = state === 'ready' ? `ready: ${frames} frames, ${width}x${height}, ${fps} fps` : lineOf(state, reason);
    // While files arrive, every frame changes the reason; the bar of the export shows that better.
    if (line === this.clipLine || (this.isExporting && state !== 'ready' && this.clipLine !== '')) return;
    this.clipLine = line;
    this.stage.tell(CLIP_TONES[state as ClipState] ?? 'moves', `clip ${name} is ${line}`);
  }

  private job({ name, state, reason }: Job): void {
    if (state === this.jobState) return;
    this.jobState = state;
    this.stage.tell(jobTone(state), `job ${name} is ${state}${reason === '' ? '' : `: ${reason}`}`);
  }
}

function lineOf(state: Clip['state'], reason: string): string {
  return state === 'writing' || state === 'settling' ? 'being written' : `${state}: ${reason}`;
}

const CLIP_TONES = {
  writing: 'moves',
  settling: 'moves',
  ready: 'good',
  incomplete: 'waits',
  offline: 'bad',
} as const satisfies Record<ClipState, Tone>;

function jobTone(state: Job['state']): Tone {
  switch (state) {
    case 'succeeded':
      return 'good';
    case 'failed':
    case 'refused':
    case 'cancelled':
      return 'bad';
    case 'held':
    case 'stopping':
      return 'waits';
    default: // on its way
      return 'moves';
  }
}
