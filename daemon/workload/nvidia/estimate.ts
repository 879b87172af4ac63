/** Estimates time and price of a job from published numbers alone; every number says where it comes from. Pure. */
import type { EngineName, Estimate, HintKey } from '../../../schemas/index.js';
import { MOST_FRAMES } from '../../../schemas/spec/chunks.js';
import { type Chunking, chunkCount, cosmos3Chunking, lengthHint, transfer25Chunking } from './chunk-words.js';
import { COSMOS3_T2V, EDGE_SECONDS, KNOWN_GPUS, publishedGpu, SEG_SECONDS } from './published.js';

export interface EstimateInput {
  readonly engine: EngineName;
  /** Frames of the clip. */
  readonly frames: number;
  /** Hint keys in the spec. */
  readonly hints?: readonly HintKey[];
  /** As people write it: "h100". */
  readonly gpu: string;
  readonly gpus?: number;
  readonly numSteps?: number;
  readonly framesPerChunk?: number;
  readonly conditionalFrames?: number;
  readonly maxFrames?: number;
  /** As the spec says it: "720", "480p". */
  readonly resolution?: string;
  /** Dollars. */
  readonly pricePerHour?: number;
}

/** Steps of every published number, and the default of both engines. */
const PUBLISHED_STEPS = 35;

type Speed = Pick<Estimate, 'secondsPerChunk' | 'source' | 'confidence'>;

export function estimate(input: EstimateInput): Estimate {
  if (input.engine === 'preview') return previewEstimate(input);
  const chunking = chunkingOf(input);
  const frames = Math.min(input.frames, input.maxFrames ?? MOST_FRAMES);
  const chunks = chunkCount(frames, chunking);
  const speed = input.engine === 'cosmos3' ? cosmos3Speed(input) : transfer25Speed(input);
  const seconds = speed.secondsPerChunk === null ? null : round(speed.secondsPerChunk * chunks);
  return {
    ...speed,
    ...{ engine: input.engine, gpu: publishedGpu(input.gpu) ?? input.gpu, gpus: input.gpus ?? 1 },
    ...{ frames: input.frames, chunks, framesPerChunk: chunking.chunk, seconds },
    dollars: dollars(seconds, input.pricePerHour),
    hint: lengthHint(frames, chunking),
  };
}

function previewEstimate({ engine, frames }: EstimateInput): Estimate {
  return {
    ...{ engine, gpu: 'none', gpus: 1, frames, chunks: 1, framesPerChunk: frames },
    ...{ secondsPerChunk: null, seconds: null, dollars: 0, confidence: 'none', hint: null },
    source: 'The preview runs on the processor of this computer: no GPU and no charge.',
  };
}

function chunkingOf({ engine, framesPerChunk, conditionalFrames }: EstimateInput): Chunking {
  return engine === 'cosmos3'
    ? cosmos3Chunking(framesPerChunk, conditionalFrames)
    : transfer25Chunking(framesPerChunk, conditionalFrames);
}

const DOCS = "NVIDIA's table for Transfer 2.5 (docs/inference.md, 720p, 93 frames, 35 steps, guardrails off)";

function transfer25Speed(input: EstimateInput): Speed {
  const gpus = input.gpus ?? 1;
  const row = findRow(publishedGpu(input.gpu), gpus, isEdgeOnly(input));
  if (row === undefined)
    return unpublished(`${DOCS} has no row for ${gpus} x ${input.gpu}; it knows ${knownRows(gpus)}`);
  const notes = [`${DOCS}: ${row.seconds} s on ${row.label}`, ...remarks(row, input)];
  const size = resolutionRemark(input.resolution);
  if (size === 'larger') return unpublished(`${DOCS} has nothing above 720p`);
  const steps = input.numSteps ?? PUBLISHED_STEPS;
  if (steps !== PUBLISHED_STEPS) notes.push(`scaled to ${steps} of ${PUBLISHED_STEPS} steps`);
  if (size === 'smaller') notes.push(`not scaled to ${input.resolution}, which takes less`);
  const exact = steps === PUBLISHED_STEPS && size === 'same';
  return {
    secondsPerChunk: round((row.seconds * steps) / PUBLISHED_STEPS),
    source: `${notes.join('; ')}.`,
    confidence: exact ? 'published' : 'scaled',
  };
}

interface Row {
  readonly table: 'seg' | 'edge';
  readonly gpu: string;
  readonly seconds: number;
  readonly label: string;
}

/** The edge table for edge alone and for several GPUs (no other has them), else the seg table, else the other one. */
function findRow(gpu: string | undefined, gpus: number, edgeOnly: boolean): Row | undefined {
  if (gpu === undefined) return undefined;
  const seg = gpus === 1 ? SEG_SECONDS[gpu] : undefined;
  const edge = EDGE_SECONDS[gpus]?.[gpu];
  const label = gpus === 1 ? gpu : `${gpus} x ${gpu}`;
  if (edge !== undefined && (edgeOnly || seg === undefined)) return { table: 'edge', gpu, seconds: edge, label };
  return seg === undefined ? undefined : { table: 'seg', gpu, seconds: seg, label };
}

function isEdgeOnly({ hints = [] }: EstimateInput): boolean {
  return hints.length === 1 && hints[0] === 'edge';
}

/** What a reader has to know before trusting the number (oddities found by comparing the two tables). */
function remarks({ table, gpu }: Row, { hints = [] }: EstimateInput): string[] {
  const notes = [];
  const [only] = hints;
  if (hints.length !== 1 || only !== table)
    notes.push(`measured with one ${table} control; more or others may take longer`);
  if (table === 'edge') notes.push('the table does not say whether its edge rows are one chunk or two');
  if (gpu === 'H100 NVL') notes.push('its seg and edge rows contradict each other, so expect half or double');
  if (gpu === 'B300') notes.push('listed slower than B200, which is surprising');
  return notes;
}

/** Heights of the published checkpoints' video; only 720 is measured. */
function resolutionRemark(resolution = '720'): 'smaller' | 'same' | 'larger' {
  const height = Number.parseInt(resolution, 10);
  if (height === 720) return 'same';
  return height < 720 ? 'smaller' : 'larger';
}

/** Text to video is no measure for transfer: control tokens double the sequence, guidance adds passes. */
function cosmos3Speed({ gpu }: EstimateInput): Speed {
  const row = COSMOS3_T2V[publishedGpu(gpu) ?? ''];
  const nearest =
    row === undefined
      ? ''
      : ` Text to video (Nano, 720p, 189 frames, 35 steps) takes ${row.seconds} s on one ${row.as}; expect a multiple.`;
  const source = `NVIDIA publishes no times for Cosmos 3 transfer.${nearest}`;
  return { secondsPerChunk: null, source, confidence: 'none' };
}

function unpublished(why: string): Speed {
  return { secondsPerChunk: null, source: `${why}.`, confidence: 'none' };
}

function knownRows(gpus: number): string {
  const edge = Object.keys(EDGE_SECONDS[gpus] ?? {});
  if (gpus === 1) return KNOWN_GPUS.join(', ');
  return edge.length === 0 ? `1, 4 and 8 GPUs` : `${edge.sort().join(', ')} for ${gpus} GPUs`;
}

function dollars(seconds: number | null, pricePerHour: number | undefined): number | null {
  return seconds === null || pricePerHour === undefined ? null : round((seconds / 3600) * pricePerHour);
}

/** Two decimals: the precision of the tables. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
