/**
 * The engine that needs no GPU: a low-fidelity stand-in computed from the passes by the process in preview/. It reads
 * Transfer2.5 specs and writes NVIDIA's output layout, so that everything around a real engine is exercised by it.
 */
import path from 'node:path';
import type { Media, Prepared } from '../../schemas/index.js';
import type { Command, Engine, LogReader, Member, MemberProgress, Outcome, Outputs, RunFile } from './engine.js';
import { LogLines } from './log-lines.js';
import { extensionFor, outputMedia } from './preview/media.js';

export interface PreviewEngineOptions {
  /** Node that runs the script. */
  readonly node: string;
  /** Absolute path of the compiled preview/main.js. */
  readonly script: string;
  readonly ffmpeg: string;
  readonly ffprobe: string;
  /** 0 (normal) to 19 (lowest priority). */
  readonly niceness: number;
}

const OUT = 'out';

export class PreviewEngine implements Engine {
  readonly name = 'preview';
  readonly dialect = 'transfer2.5';
  readonly capabilities = {
    hints: ['edge', 'depth', 'seg', 'vis'],
    computes: ['edge', 'vis'],
    weights: 'mixed',
    gpus: [0],
    memoryGb: null,
  } as const;

  constructor(private readonly options: PreviewEngineOptions) {}

  /** As for NVIDIA's model: jobs of one hint set may share a load. */
  batchKey({ hints }: Prepared): string {
    return `preview ${[...hints].sort().join('+')}`;
  }

  command(members: readonly Member[], runFolder: string): Command {
    const { node, script, ffmpeg, ffprobe, niceness } = this.options;
    const specs = members.flatMap(({ spec }) => ['-i', path.join(runFolder, spec)]);
    const tools = ['--ffmpeg', ffmpeg, '--ffprobe', ffprobe, '--niceness', String(niceness)];
    return { argv: [node, script, ...specs, '-o', path.join(runFolder, OUT), ...tools], env: {} };
  }

  logReader(members: readonly Member[]): LogReader {
    return new PreviewLogReader(members);
  }

  outcome({ prepared }: Member, files: readonly RunFile[], log: string, exitCode: number | null): Outcome {
    const failed = new RegExp(`\\|ERROR\\|preview\\] Sample ${escapeRegExp(prepared.name)} failed: (.*)`).exec(log);
    if (failed?.[1] !== undefined) return { kind: 'failed', message: failed[1] };
    const outputs = this.outputs(prepared);
    const has = (file: string) => files.some(({ path: found, bytes }) => found === file && bytes > 0);
    // <name>.txt is written last (preview/sample.ts): where it is, everything else is complete.
    if (has(outputs.video) && has(`${OUT}/${prepared.name}.txt`)) return { kind: 'succeeded', outputs };
    const begun = has(`${OUT}/${prepared.name}.json`);
    const errors = [...log.matchAll(/\|ERROR\|preview\] (.*)/g)];
    const message = errors.at(-1)?.[1] ?? `The preview ended with exit code ${exitCode} and without a video.`;
    return begun || errors.length > 0 || exitCode !== 0 ? { kind: 'failed', message } : { kind: 'unreached' };
  }

  expect({ media }: Prepared): Media {
    return outputMedia(media);
  }

  private outputs({ name, hints, media }: Prepared): Outputs {
    const file = (suffix: string) => `${OUT}/${name}${suffix}`;
    const extension = extensionFor(media.frames);
    return {
      video: file(`.${extension}`),
      controls: Object.fromEntries(hints.map((hint) => [hint, file(`_control_${hint}.${extension}`)])),
      others: [file('.json'), file('.txt')],
    };
  }
}

/** The lines of preview/log.ts, read. Samples run in the order of the members. */
class PreviewLogReader implements LogReader {
  private readonly lines = new LogLines();
  private current = -1;

  constructor(private readonly members: readonly Member[]) {}

  push(bytes: Uint8Array): MemberProgress[] {
    return this.lines.push(bytes).flatMap(({ text, at }) => this.read(text, at));
  }

  private read(text: string, at: number): MemberProgress[] {
    if (text.includes('|INFO|preview] Processing sample ')) {
      this.current++;
      return this.progress('starting', 0, at);
    }
    const frame = /^frame (\d+)\/(\d+)$/.exec(text);
    if (frame === null) return [];
    return this.progress(text, Number(frame[1]) / Number(frame[2]));
  }

  private progress(stage: string, fraction: number, logFrom?: number): MemberProgress[] {
    const member = this.members[this.current];
    return member === undefined
      ? []
      : [{ job: member.job, stage, fraction, ...(logFrom !== undefined && { logFrom }) }];
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
