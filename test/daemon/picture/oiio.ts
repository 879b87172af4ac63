/** OpenImageIO as judge of what we read: `oiio_planes.py`, one process for many questions. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import * as z from 'zod';
import { startPython } from './python.js';

/** A channel of the display window, as it is in the file: halves and floats as float32, ids as uint32. */
export interface JudgedPlane {
  readonly channel: string;
  readonly type: string;
  readonly data: Float32Array | Uint32Array;
}

export interface JudgedPicture {
  readonly width: number;
  readonly height: number;
  readonly planes: readonly JudgedPlane[];
}

const Channel = z.object({ name: z.string(), type: z.string() });
const Contents = z.object({ subimages: z.array(z.object({ name: z.string(), channels: z.array(Channel) })) });
const Planes = z.object({
  width: z.number(),
  height: z.number(),
  planes: z.array(z.object({ channel: z.string(), type: z.string() })),
});
const Refused = z.object({ error: z.string() });

export class OpenImageIO {
  private readonly child: ChildProcess;
  private readonly answers: AsyncIterator<string>;
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'cosmos-oiio-'));
  /** One question at a time: answers come in the order of the questions. */
  private turn: Promise<unknown> = Promise.resolve();

  private constructor() {
    this.child = startPython('oiio_planes.py');
    if (this.child.stdout === null) throw new Error('oiio_planes.py has no output');
    this.answers = readline.createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  static open(): OpenImageIO {
    return new OpenImageIO();
  }

  /** Subimages (an EXR's parts) with their channels. @throws OpenImageIO's words when it cannot open the file. */
  async contents(file: string): Promise<z.infer<typeof Contents>['subimages']> {
    return Contents.parse(await this.ask({ file })).subimages;
  }

  /** `channels`: all when left out. @throws OpenImageIO's words when it cannot read them. */
  async planes(file: string, subimage = 0, channels?: readonly string[]): Promise<JudgedPicture> {
    return this.inTurn(async () => {
      const out = path.join(this.folder, 'planes');
      const answer = Planes.parse(await this.exchange({ file, subimage, channels, out }));
      const bytes = await readFile(out);
      return { ...answer, planes: slicePlanes(bytes, answer.width * answer.height, answer.planes) };
    });
  }

  async close(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.stdin?.end();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private ask(question: object): Promise<unknown> {
    return this.inTurn(() => this.exchange(question));
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.turn.then(task);
    this.turn = done.catch(() => {});
    return done;
  }

  private async exchange(question: object): Promise<unknown> {
    this.child.stdin?.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.answers.next();
    if (done === true) throw new Error('oiio_planes.py ended; its words are on the screen');
    const answer: unknown = JSON.parse(value);
    const refused = Refused.safeParse(answer);
    if (refused.success) throw new Error(refused.data.error);
    return answer;
  }
}

/** Planes that lie one after the other in a file, four bytes a sample. */
export function slicePlanes<P extends { readonly type: string }>(
  bytes: Buffer,
  samples: number,
  planes: readonly P[],
): (P & { data: Float32Array | Uint32Array })[] {
  if (bytes.length !== planes.length * samples * 4) throw new Error(`${bytes.length} bytes of planes`);
  return planes.map((plane, index) => {
    const own = bytes.subarray(index * samples * 4, (index + 1) * samples * 4);
    const aligned = own.buffer.slice(own.byteOffset, own.byteOffset + own.length); // typed arrays begin at words
    return { ...plane, data: plane.type === 'uint' ? new Uint32Array(aligned) : new Float32Array(aligned) };
  });
}
