/** Computes the progress of one member: milestones, chunks and steps as one fraction that never falls. */
import type { Count, MemberProgress, Phase } from '../engine.js';
import { ChunkCounter } from './chunk-counter.js';
import type { Bar } from './log-pieces.js';

/** What a run spends its time with, in seconds. Only the proportions count: they make the fraction grow evenly. */
export interface Pace {
  readonly load: number;
  readonly step: number;
  /** Of a chunk, apart from its steps: encoding and decoding. */
  readonly chunk: number;
  /** Of the finished video, by the safety filter. */
  readonly guardrail: number;
  readonly save: number;
}

/** Milestones that a log reports, in their order; of `download` and `load` either may come first. */
const MILESTONES = {
  start: { rank: 0, phase: 'start', stage: 'starting' },
  packages: { rank: 1, phase: 'start', stage: 'installing packages' },
  download: { rank: 2, phase: 'download', stage: 'downloading checkpoints' },
  load: { rank: 2, phase: 'load', stage: 'loading the model' },
  prompt: { rank: 3, phase: 'guardrail', stage: 'checking the prompt' },
  inputs: { rank: 4, phase: 'generate', stage: 'reading the inputs' },
  generate: { rank: 5, phase: 'generate', stage: 'generating' },
  controls: { rank: 6, phase: 'save', stage: 'saving the controls' },
  video: { rank: 7, phase: 'guardrail', stage: 'checking the video' },
  save: { rank: 8, phase: 'save', stage: 'saving the video' },
  finished: { rank: 9, phase: 'save', stage: 'finished' },
} as const satisfies Record<string, { rank: number; phase: Phase; stage: string }>;
export type Milestone = keyof typeof MILESTONES;

export interface CourseOptions {
  readonly job: string;
  readonly pace: Pace;
  /** Chunks and steps of each, as the spec asks for them. */
  readonly chunks: number;
  readonly steps: number;
  /** GPUs that draw bars. */
  readonly ranks: number;
  /** The run loads the model for this member, and not for one before it. */
  readonly loads: boolean;
}

export class Course {
  private readonly counter: ChunkCounter;
  private milestone: Milestone = 'start';
  /** What the log itself says about chunks; it counts more than bars. */
  private told: Count | undefined;
  private latest: MemberProgress | undefined;

  constructor(private readonly options: CourseOptions) {
    this.counter = new ChunkCounter(options.ranks);
  }

  /** Earlier milestones are passed over: a checkpoint may still be downloaded while the inputs are read. */
  reach(milestone: Milestone): void {
    if (MILESTONES[milestone].rank >= MILESTONES[this.milestone].rank) this.milestone = milestone;
  }

  bar(bar: Bar): void {
    this.counter.take(bar);
    this.reach('generate');
  }

  chunk(told: Count): void {
    if (this.told === undefined || told.at > this.told.at) this.told = told;
    this.reach('generate');
  }

  /** What is new; undefined: nothing, or only what is behind what was said before. */
  news(extra: Pick<MemberProgress, 'logFrom' | 'refused'> = {}): MemberProgress | undefined {
    const now = this.progress();
    const before = this.latest;
    const isNew = before === undefined || before.stage !== now.stage || before.fraction !== now.fraction;
    const isBehind = before !== undefined && now.fraction < before.fraction;
    const told = isBehind ? before : now;
    if ((!isNew || isBehind) && extra.logFrom === undefined && extra.refused === undefined) return undefined;
    this.latest = told;
    return { ...told, ...extra };
  }

  private progress(): MemberProgress {
    const { phase, stage } = MILESTONES[this.milestone];
    const fraction = Math.min(1, this.seconds() / this.total());
    const at = this.milestone === 'generate' ? this.position() : undefined;
    if (at === undefined) return { job: this.options.job, stage, fraction, phase };
    const { chunk, step } = at;
    const text = `chunk ${chunk.at}/${chunk.of}${step === undefined ? '' : `, step ${step.at}/${step.of}`}`;
    return { job: this.options.job, stage: text, fraction, phase, chunk, ...(step !== undefined && { step }) };
  }

  private position(): { chunk: Count; step: Count | undefined } | undefined {
    const bars = this.counter.position;
    const at = this.told?.at ?? bars?.chunk;
    if (at === undefined) return undefined;
    const step = bars?.chunk === at ? { at: bars.step, of: bars.steps } : undefined;
    return { chunk: { at, of: Math.max(at, this.chunks()) }, step };
  }

  private chunks(): number {
    return Math.max(this.told?.of ?? this.options.chunks, this.counter.position?.chunk ?? 0);
  }

  private total(): number {
    const { pace, loads } = this.options;
    return (loads ? pace.load : 0) + this.chunks() * this.chunkSeconds() + pace.guardrail + pace.save;
  }

  private chunkSeconds(): number {
    const steps = this.counter.position?.steps ?? this.options.steps;
    return steps * this.options.pace.step + this.options.pace.chunk;
  }

  /** Of the whole way, so far. */
  private seconds(): number {
    const { pace, loads } = this.options;
    const { rank } = MILESTONES[this.milestone];
    if (this.milestone === 'finished') return this.total();
    if (rank < MILESTONES.prompt.rank) return 0;
    const loaded = loads ? pace.load : 0;
    if (rank < MILESTONES.generate.rank) return loaded;
    const generated = loaded + this.chunks() * this.chunkSeconds();
    if (rank > MILESTONES.generate.rank) return generated + (this.milestone === 'save' ? pace.guardrail : 0);
    const at = this.position();
    if (at === undefined) return loaded;
    return loaded + (at.chunk.at - 1) * this.chunkSeconds() + (at.step?.at ?? 0) * pace.step;
  }
}
