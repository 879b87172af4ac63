/**
 * The engine `preview`, which needs no GPU: a rough stand-in computed from the passes by the process in preview/. It
 * reads Transfer2.5 specs and writes NVIDIA's output layout, so that everything around a real engine is exercised by
 * it.
 */
import path from 'node:path';
import type { Media, Prepared } from '../../../schemas/index.js';
import { ENGINE_CONTROLS } from '../../../schemas/spec/engine-controls.js';
import type { Command, Engine, LogReader, Member, MemberOutcome, MemberProgress, Outputs, RunFile } from '../engine.js';
import { LogLines } from '../log-lines.js';
import { STOPPED } from './log.js';
import { extensionFor, outputMedia } from './media.js';

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
    ...ENGINE_CONTROLS.preview,
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

  outcome({ prepared }: Member, files: readonly RunFile[], log: string, exitCode: number | null): MemberOutcome {
    const errors = errorsIn(log);
    const own = errors.find(({ sample }) => sample === prepared.name);
    if (own !== undefined) return { kind: 'failed', message: own.message };
    const outputs = this.outputs(prepared);
    const has = (file: string) => files.some(({ path: found, bytes }) => found === file && bytes > 0);
    // <name>.txt is written last (preview/render-sample.ts): where it is, everything else is complete. The success line is
    // not asked for, because the tail of a long log no longer holds that of an early member.
    if (has(outputs.video) && files.some(({ path: found }) => found === `${OUT}/${prepared.name}.txt`)) {
      return { kind: 'succeeded', outputs };
    }
    const general = errors.filter(({ sample }) => sample === null).at(-1)?.message;
    const began = has(`${OUT}/${prepared.name}.json`);
    const cutShort = exitCode !== 0 && (general === undefined || general.startsWith(STOPPED)); // 0 = all were done
    if (!began && cutShort) return { kind: 'unreached' };
    const nothing = `The preview ended ${exitCode === null ? '' : `with exit code ${exitCode} and `}without a video.`;
    return { kind: 'failed', message: general ?? nothing };
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

/** The lines of preview/log.ts, read. A spec that cannot be read never begins, so members are found by name. */
class PreviewLogReader implements LogReader {
  private readonly lines = new LogLines();
  private current: Member | undefined;

  constructor(private readonly members: readonly Member[]) {}

  push(bytes: Uint8Array): MemberProgress[] {
    return this.lines.push(bytes).flatMap(({ text, at }) => this.read(text, at));
  }

  skip(bytes: number): void {
    this.lines.skip(bytes);
  }

  private read(text: string, at: number): MemberProgress[] {
    const begun = /\|INFO\|preview\] Processing sample (.*) \(\d+\/\d+\)$/.exec(text);
    if (begun !== null) {
      this.current = this.members.find(({ prepared }) => prepared.name === begun[1]);
      return this.progress('starting', 0, at);
    }
    const frame = /^frame (\d+)\/(\d+)$/.exec(text);
    if (frame === null) return [];
    return this.progress(text, Number(frame[1]) / Number(frame[2]));
  }

  private progress(stage: string, fraction: number, logFrom?: number): MemberProgress[] {
    if (this.current === undefined) return [];
    return [{ job: this.current.job, stage, fraction, ...(logFrom !== undefined && { logFrom }) }];
  }
}

/** One ERROR line; `sample` is null when it is about the whole run. */
interface ErrorLine {
  readonly sample: string | null;
  readonly message: string;
}

function errorsIn(log: string): ErrorLine[] {
  return [...log.matchAll(/\|ERROR\|preview\] (?:Sample (.*?) failed: )?(.*)/g)].map(([, sample, message = '']) => ({
    sample: sample ?? null,
    message,
  }));
}
