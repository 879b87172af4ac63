/** Damaged files through the one reader: none may hang, crash, or cost more memory than a picture is worth. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import * as z from 'zod';
import type { PictureReader } from '../../../daemon/picture/picture-reader.js';
import { distFile } from '../../support/dist.js';
import { corrupt } from './corrupt.js';

export interface Trial {
  /** Files that were read, and those that gave a sentence, with the sentences and how often they came. */
  readonly read: number;
  readonly refused: number;
  readonly sentences: ReadonlyMap<string, number>;
  /** What must be empty: seed, damage, and what happened. */
  readonly bad: readonly string[];
  /** Longest time of one file, milliseconds, and the largest resident memory of the reader, bytes. */
  readonly longest: number;
  readonly peak: number;
}

const Answer = z.union([
  z.object({ whole: z.literal(true), peak: z.number() }),
  z.object({ sentence: z.string(), peak: z.number() }),
  z.object({ broken: z.string(), peak: z.number() }),
]);
type Answer = z.infer<typeof Answer>;

/** Milliseconds for one file; a picture of 8192 x 8192 takes seconds, a hang takes for ever. */
const DEADLINE = 60_000;

/** Bad ends, after which it is given up. */
const ENOUGH = 50;

export interface ValidFile {
  /** Its end tells the format to those who go by names. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** How reading a file ended; `peak` is the memory of whoever read it, bytes, where that is known. */
type ReadResult = { readonly words: string | null; readonly peak?: number } | { readonly bad: string };

/** @param count seeds 1 to `count`, taking turns with the files. */
export async function tryCorrupt(files: readonly ValidFile[], count: number, folder: string): Promise<Trial> {
  let reader = new Reader();
  const trial = await tryAll(files, count, folder, async (file) => {
    const answer = await reader.read(file);
    if (typeof answer === 'string') {
      reader = new Reader();
      return { bad: answer };
    }
    if ('broken' in answer) return { bad: answer.broken };
    return { words: 'sentence' in answer ? answer.sentence : null, peak: answer.peak };
  });
  await reader.close();
  return trial;
}

/** The same through the door to pictures of all kinds, as the watch uses it. */
export function tryCorruptImages(
  pictures: PictureReader,
  files: readonly ValidFile[],
  count: number,
  folder: string,
): Promise<Trial> {
  return tryAll(files, count, folder, async (file) => {
    const { problem } = await pictures.header(file);
    return { words: problem ?? (await pictures.check(file, 'color', undefined)).problem };
  });
}

async function tryAll(
  files: readonly ValidFile[],
  count: number,
  folder: string,
  read: (file: string) => Promise<ReadResult>,
): Promise<Trial> {
  const counts = { read: 0, refused: 0, longest: 0, peak: 0 };
  const sentences = new Map<string, number>();
  const bad: string[] = [];
  for (let seed = 1; seed <= count && bad.length < ENOUGH; seed++) {
    const valid = files[seed % files.length];
    if (valid === undefined) throw new Error('there are no files to damage');
    const { bytes, kinds } = corrupt(valid.bytes, seed);
    const file = path.join(folder, `${seed}-${valid.name}`);
    writeFileSync(file, bytes);
    const begun = performance.now();
    const outcome = await read(file);
    counts.longest = Math.max(counts.longest, performance.now() - begun);
    rmSync(file);
    const where = `seed ${seed}, ${valid.name} (${kinds.join(', ')})`;
    if ('bad' in outcome) {
      bad.push(`${where}: ${outcome.bad}`);
      continue;
    }
    counts.peak = Math.max(counts.peak, outcome.peak ?? 0);
    if (outcome.words === null) {
      counts.read += 1;
      continue;
    }
    counts.refused += 1;
    const general = outcome.words.replaceAll(/\d+/g, 'N');
    sentences.set(general, (sentences.get(general) ?? 0) + 1);
    if (!isSentence(outcome.words)) bad.push(`${where}: said "${outcome.words}"`);
  }
  return { ...counts, sentences, bad };
}

/** One line that a person can read: no traces, no errors of a library, no bytes that are no letters. */
function isSentence(text: string): boolean {
  return (
    text.length > 5 &&
    text.length < 1200 &&
    !/[\p{Cc}\uFFFD]|Error\b|\bat .*:\d+|undefined|NaN|Command failed|@ 0x/u.test(text)
  );
}

class Reader {
  private readonly child: ChildProcess;
  private readonly answers: AsyncIterator<string>;

  constructor() {
    // Memory for its objects is bounded here; the planes are counted by `peak`.
    const args = ['--max-old-space-size=512', distFile('test/daemon/picture/read-all.js')];
    this.child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    if (this.child.stdout === null) throw new Error('the reader has no output');
    this.answers = readline.createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.child.stdin?.on('error', () => {}); // it may have died: its missing answer tells
  }

  /** What it says of a file; a text when it died or did not come to an end. */
  async read(file: string): Promise<Answer | string> {
    this.child.stdin?.write(`${file}\n`);
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), DEADLINE);
    });
    const said = await Promise.race([this.answers.next(), deadline]);
    clearTimeout(timer);
    if (said === 'late') {
      this.child.kill('SIGKILL');
      return `did not come to an end in ${DEADLINE / 1000} s`;
    }
    if (said.done === true) return 'the reader died';
    return Answer.parse(JSON.parse(said.value));
  }

  async close(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.stdin?.end();
    await ended;
  }
}
