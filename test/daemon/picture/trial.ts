/** Damaged files through the one reader: none may hang, crash, or cost more memory than a picture is worth. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import * as z from 'zod';
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
  z.object({ planes: z.number(), peak: z.number() }),
  z.object({ sentence: z.string(), peak: z.number() }),
  z.object({ broken: z.string(), peak: z.number() }),
]);
type Answer = z.infer<typeof Answer>;

/** Milliseconds for one file; a picture of 8192 x 8192 takes seconds, a hang takes for ever. */
const DEADLINE = 60_000;

/** Bad ends, after which it is given up. */
const ENOUGH = 50;

/** @param count seeds 1 to `count`, taking turns with the files. */
export async function tryCorrupt(files: readonly Buffer[], count: number, folder: string): Promise<Trial> {
  const outcome = { read: 0, refused: 0, longest: 0, peak: 0 };
  const sentences = new Map<string, number>();
  const bad: string[] = [];
  let reader = new Reader();
  for (let seed = 1; seed <= count && bad.length < ENOUGH; seed++) {
    const valid = files[seed % files.length];
    if (valid === undefined) throw new Error('there are no files to damage');
    const { bytes, kinds } = corrupt(valid, seed);
    const file = path.join(folder, `${seed}.exr`);
    writeFileSync(file, bytes);
    const begun = performance.now();
    const answer = await reader.read(file);
    outcome.longest = Math.max(outcome.longest, performance.now() - begun);
    if (typeof answer === 'string' || 'broken' in answer) {
      bad.push(`seed ${seed} (${kinds.join(', ')}): ${typeof answer === 'string' ? answer : answer.broken}`);
      if (typeof answer === 'string') reader = new Reader();
      continue;
    }
    rmSync(file);
    outcome.peak = Math.max(outcome.peak, answer.peak);
    if ('planes' in answer) outcome.read += 1;
    else {
      outcome.refused += 1;
      const sentence = answer.sentence.replaceAll(/\d+/g, 'N');
      sentences.set(sentence, (sentences.get(sentence) ?? 0) + 1);
      if (!isSentence(answer.sentence)) bad.push(`seed ${seed} (${kinds.join(', ')}): said "${answer.sentence}"`);
    }
  }
  await reader.close();
  return { ...outcome, sentences, bad };
}

/** One line that a person can read: no traces, no errors of a library, no bytes that are no letters. */
function isSentence(text: string): boolean {
  return text.length > 5 && text.length < 400 && !/[\p{Cc}\uFFFD]|Error\b|\bat .*:\d+|undefined|NaN/u.test(text);
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
