/** Frames of a pass of EXR files, read by a process of their own (main.ts). */
import path from 'node:path';
import { CosmosError } from '../../errors.js';
import { cutFrames } from '../../media/cut-frames.js';
import { ProcessError, type ProcessOptions, streamProcess } from '../../process.js';
import type { SourceFrames, SourceShape } from '../source-frames.js';
import { REFUSED, type ReadRequest, type Refusal } from './program.js';

/** How the reading process is started. */
export interface ReaderProgram {
  readonly node: string;
  readonly script: string;
}

/** Milliseconds without a byte, while one is waited for, after which reading fails: a drive may need time to wake up. */
const PATIENCE = 120_000;

export class ExrFrames implements SourceFrames {
  readonly shape: SourceShape;

  constructor(
    private readonly program: ReaderProgram,
    private readonly request: ReadRequest,
    readonly notes: readonly string[],
  ) {
    const { width, height, kind, whole } = request;
    const format = kind === 'rgb' ? (whole ? 'gbrpu32le' : 'gbrpf32le') : whole ? 'grayu32le' : 'grayf32le';
    this.shape = { width, height, format };
  }

  get primaries(): SourceFrames['primaries'] {
    return this.request.primaries;
  }

  get count(): number {
    return this.request.files.length;
  }

  /** @throws CosmosError encode_failed naming the file, and what is wrong with it. */
  async *read(options: ProcessOptions): AsyncGenerator<Buffer> {
    const { width, height, kind } = this.request;
    const size = width * height * 4 * (kind === 'rgb' ? 3 : 1);
    const child = streamProcess(this.program.node, [this.program.script], options);
    child.stdin.on('error', () => {}); // it ended before it read the request: its exit gives the reason
    child.stdin.end(JSON.stringify(this.request));
    let finished = false;
    try {
      const cut = { writer: 'The reader of EXR files', size, most: this.count, patience: PATIENCE };
      yield* cutFrames(child.stdout, { ...cut, giveUp: () => child.kill('SIGKILL') });
      await child.catch((error: unknown) => {
        throw this.reason(error);
      });
      finished = true;
    } finally {
      if (!finished) {
        child.kill();
        await child.catch(() => {}); // ended on purpose, or its error was thrown already
      }
    }
  }

  private reason(error: unknown): unknown {
    if (!(error instanceof ProcessError) || error.isCanceled) return error;
    const words = Buffer.from((error.stderr as Uint8Array | undefined) ?? []).toString();
    if (error.exitCode === REFUSED) {
      const { file, problem } = JSON.parse(words) as Refusal;
      return new CosmosError(
        'encode_failed',
        `${path.basename(file)} ${problem}.`,
        { file, problem },
        { cause: error },
      );
    }
    const first = path.basename(this.request.files[0] ?? '');
    const how = error.signal === undefined ? `exit code ${error.exitCode}` : error.signal;
    return new CosmosError(
      'encode_failed',
      `The images from ${first} on could not be read: their reader ended by itself (${how}). Is there memory left?`,
      {},
      { cause: error },
    );
  }
}
