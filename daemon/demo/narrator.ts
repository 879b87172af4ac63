/** Turns what the daemon and the exporter report into lines on the stage. */
import type { Clip, Event, Job, Progress } from '../../schemas/index.js';
import { duration } from '../cli/output/format.js';
import type { BridgeListener } from './bridge.js';
import type { ExportWatcher } from './exporter.js';
import type { Stage, Tone } from './stage.js';

export class Narrator implements BridgeListener, ExportWatcher {
  private clipLine = '';
  private jobState = '';

  constructor(
    private readonly stage: Stage,
    private readonly frames: number,
  ) {}

  scene(triangles: number): void {
    this.stage.tell('good', `scene: a destroyed city block, ${triangles.toLocaleString('en-US')} triangles`);
  }

  frame(frame: number): void {
    this.stage.move('export', frame / this.frames, `frame ${frame}/${this.frames} of color, depth, seg and edge`);
  }

  event(event: Event): void {
    if (event.kind === 'clip' && event.data !== null) this.clip(event.data);
    if (event.kind === 'job') this.job(event.data);
  }

  progress({ fraction, stage, eta }: Progress): void {
    const rest = eta === null ? '' : `  ETA ${duration(eta)}`;
    this.stage.move(this.jobState || 'job', fraction, `${stage}${rest}`);
  }

  private clip({ name, state, reason, frames, width, height, fps }: Clip): void {
    // While it is written the reason changes with every frame; the export's own bar tells that better.
    const detail = state === 'ready' ? `${frames} frames, ${width}x${height}, ${fps} fps` : reason;
    const line = state === 'writing' || state === 'settling' ? state : `${state}: ${detail}`;
    if (line === this.clipLine) return;
    this.clipLine = line;
    this.stage.tell(CLIP_TONES[state], `clip ${name} is ${line}`);
  }

  private job({ name, state, reason }: Job): void {
    if (state === this.jobState) return;
    this.jobState = state;
    this.stage.tell(jobTone(state), `job ${name} is ${state}${reason === '' ? '' : `: ${reason}`}`);
  }
}

const CLIP_TONES = {
  writing: 'moves',
  settling: 'moves',
  ready: 'good',
  incomplete: 'waits',
  offline: 'bad',
} as const satisfies Record<Clip['state'], Tone>;

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
    case 'preparing':
    case 'queued':
    case 'staging':
    case 'staged':
    case 'running':
    case 'collecting':
      return 'moves';
  }
}
