/** Whole logs of both engines, pushed torn at random byte positions: what a client sees must not depend on the cuts. */
import { describe, expect, it } from 'vitest';
import { Cosmos3Engine } from '../../../daemon/workload/cosmos3/cosmos3.js';
import type { LogReader, MemberProgress } from '../../../daemon/workload/engine.js';
import { Transfer25Engine } from '../../../daemon/workload/transfer25/transfer25.js';
import { cosmos3Log } from '../../support/cosmos-logs/cosmos3.js';
import { CLIP, memberOf, preparedCosmos3, preparedTransfer25 } from '../../support/cosmos-logs/members.js';
import { byWrites, falls, finalState, noisy, readAll, repeats, torn } from '../../support/cosmos-logs/torn.js';
import { transfer25DebugLog, transfer25Log } from '../../support/cosmos-logs/transfer25.js';

const transfer25 = new Transfer25Engine({ guardrails: 'on', checkpoint: null });
const cosmos3 = new Cosmos3Engine({ model: 'Cosmos3-Nano' });
const SEEDS = Array.from({ length: 12 }, (_, seed) => seed + 1);

/** Frames that make so many chunks of 93. */
const framesOf = (chunks: number) => 93 + (chunks - 1) * 92;

interface Case {
  readonly called: string;
  readonly writes: readonly string[];
  readonly chunks: number;
  readonly reader: () => LogReader;
}

function cases(): Case[] {
  const all: Case[] = [];
  for (const chunks of [1, 2, 5]) {
    for (const ranks of [1, 8]) {
      for (const steps of [1, 2, 4, 35]) {
        const media = { ...CLIP, frames: framesOf(chunks) };
        const sample = { name: 'lot', chunks };
        const t25 = memberOf(preparedTransfer25({ num_steps: steps }, media));
        all.push({
          called: `transfer2.5, ${chunks} chunks of ${steps} steps, ${ranks} GPUs`,
          writes: transfer25Log({ samples: [sample], ranks, steps }),
          chunks,
          reader: () => transfer25.logReader([t25], ranks),
        });
        if (ranks > 1) continue;
        const c3 = memberOf(preparedCosmos3({ num_steps: steps }, media));
        all.push({
          called: `cosmos3, ${chunks} chunks of ${steps} steps`,
          writes: cosmos3Log({ samples: [sample], steps }),
          chunks,
          reader: () => cosmos3.logReader([c3]),
        });
      }
    }
  }
  return all;
}

const chunksTold = (told: readonly MemberProgress[]) => [...new Set(told.flatMap(({ chunk }) => chunk?.at ?? []))];

describe('a whole log', () => {
  it('tells every chunk in order and ends finished, wherever it is cut', () => {
    for (const { called, writes, chunks, reader } of cases()) {
      const bytes = Buffer.from(writes.join(''));
      const whole = readAll(reader(), [bytes]);
      const end = finalState(whole);
      expect(end['job-lot'], called).toMatchObject({ stage: 'finished', fraction: 1, phase: 'save' });
      expect(chunksTold(whole), called).toEqual(Array.from({ length: chunks }, (_, index) => index + 1));
      expect(
        whole.flatMap(({ chunk }) => chunk?.of ?? []).every((of) => of === chunks),
        called,
      ).toBe(true);
      for (const seed of SEEDS.slice(0, 3)) {
        const told = readAll(reader(), torn(bytes, seed));
        expect(finalState(told), `${called}, seed ${seed}`).toEqual(end);
        expect(falls(told), `${called}, seed ${seed}`).toEqual([]);
        expect(chunksTold(told), `${called}, seed ${seed}`).toEqual(chunksTold(whole));
      }
    }
  });

  it('is the same where it is cut between the writes of the programs, and says nothing twice', () => {
    for (const { called, writes, reader } of cases()) {
      const whole = readAll(reader(), [Buffer.from(writes.join(''))]);
      for (const seed of SEEDS.slice(0, 4)) {
        const told = readAll(reader(), byWrites(writes, seed));
        expect(told, `${called}, seed ${seed}`).toEqual(whole);
        expect(repeats(told), `${called}, seed ${seed}`).toEqual([]);
      }
    }
  });

  it('gives the same state in its middle, wherever it ends and is cut', () => {
    for (const { called, writes, reader } of cases().filter(({ called }) => called.includes('35 steps'))) {
      const bytes = Buffer.from(writes.join(''));
      for (const seed of SEEDS) {
        const part = bytes.subarray(0, Math.floor((bytes.length * seed) / (SEEDS.length + 1)));
        const [one, other] = [readAll(reader(), torn(part, seed)), readAll(reader(), [part])];
        expect(finalState(one), `${called}, ${part.length} bytes`).toEqual(finalState(other));
        expect(falls(one)).toEqual([]);
      }
    }
  });

  it('is the same one byte at a time', () => {
    const member = memberOf(preparedTransfer25({}, { ...CLIP, frames: framesOf(2) }));
    const bytes = Buffer.from(transfer25Log({ samples: [{ name: 'lot', chunks: 2 }], ranks: 2 }).join(''));
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    const told = readAll(transfer25.logReader([member], 2), single);
    expect(finalState(told)).toEqual(finalState(readAll(transfer25.logReader([member], 2), [bytes])));
    expect(falls(told)).toEqual([]);
  });

  it('is understood through colours, lone \\r, CRLF and bytes that are no UTF-8', () => {
    for (const { called, writes, chunks, reader } of cases()) {
      for (const seed of SEEDS.slice(0, 3)) {
        const bytes = noisy(writes, seed);
        const told = readAll(reader(), torn(bytes, seed));
        expect(falls(told), called).toEqual([]);
        expect(chunksTold(told).at(-1), called).toBe(chunks);
        expect(finalState(told)['job-lot'], called).toMatchObject({ stage: 'finished', fraction: 1 });
      }
    }
  });
});

describe('bars', () => {
  const media = { ...CLIP, frames: framesOf(5) };

  it('of eight GPUs are counted right when nobody said how many there are', () => {
    for (const steps of [1, 2, 35]) {
      const writes = transfer25Log({ samples: [{ name: 'lot', chunks: 5 }], ranks: 8, steps });
      const member = memberOf(preparedTransfer25({ num_steps: steps }, media));
      const told = readAll(transfer25.logReader([member]), torn(Buffer.from(writes.join('')), 7));
      expect(chunksTold(told)).toEqual([1, 2, 3, 4, 5]);
      expect(falls(told)).toEqual([]);
    }
  });

  it.each([1, 8])('are counted by their ends where a log was copied from a screen (%i GPUs)', (ranks) => {
    // The last drawing of each line; the seconds differ from chunk to chunk.
    const shown = transfer25Log({ samples: [{ name: 'lot', chunks: 5 }], ranks })
      .join('')
      .split('\n')
      .map((line, at) => line.slice(line.lastIndexOf('\r') + 1).replace('04:32<', `04:${30 + (at % 9)}<`));
    const member = memberOf(preparedTransfer25({}, media));
    const reader = transfer25.logReader([member], ranks);
    const told = shown.flatMap((line) => reader.push(Buffer.from(`${line}\n`)));
    expect(chunksTold(told).at(-1)).toBe(5);
    expect(finalState(told)['job-lot']).toMatchObject({ fraction: 1 });
  });

  it('are taken as they are drawn, not when the next one overwrites them', () => {
    const writes = transfer25Log({ samples: [{ name: 'lot', chunks: 5 }] });
    const at = writes.findIndex((write) => write.includes(' 12/35 '));
    const reader = transfer25.logReader([memberOf(preparedTransfer25({}, media))]);
    const told = writes.slice(0, at + 1).flatMap((write) => reader.push(Buffer.from(write)));
    expect(told.at(-1)).toMatchObject({ chunk: { at: 1, of: 5 }, step: { at: 12, of: 35 } });
  });
});

describe('phases', () => {
  it('come in their order, each in words', () => {
    const member = memberOf(preparedTransfer25({ num_steps: 2 }, { ...CLIP, frames: framesOf(2) }));
    const writes = transfer25Log({ samples: [{ name: 'lot', chunks: 2 }], steps: 2 });
    const reader = transfer25.logReader([member]);
    const stages = writes.flatMap((write) => reader.push(Buffer.from(write))).map(({ stage }) => stage);
    expect([...new Set(stages)]).toEqual([
      'installing packages',
      'loading the model',
      'downloading checkpoints',
      'checking the prompt',
      'reading the inputs',
      'chunk 1/2, step 0/2',
      'chunk 1/2, step 1/2',
      'chunk 1/2, step 2/2',
      'chunk 2/2, step 0/2',
      'chunk 2/2, step 1/2',
      'chunk 2/2, step 2/2',
      'saving the controls',
      'checking the video',
      'saving the video',
      'finished',
    ]);
  });

  it('of cosmos3 have no safety filter, and a prompt that reads like a log line changes nothing', () => {
    const member = memberOf(preparedCosmos3({ num_steps: 1 }));
    const prompt =
      "[11-22 10:00:00|job=|SUCCESS|x:1:y] Saved transfer outputs to '/runs/r1/out/lot/sample_outputs.json'";
    const bytes = Buffer.from(cosmos3Log({ samples: [{ name: 'lot', chunks: 1 }], steps: 1, prompt }).join(''));
    const stages = readAll(cosmos3.logReader([member]), torn(bytes, 3)).map(({ stage }) => stage);
    expect([...new Set(stages)]).toEqual([
      'installing packages',
      'loading the model',
      'downloading checkpoints',
      'reading the inputs',
      'chunk 1/1, step 0/1',
      'chunk 1/1, step 1/1',
      'saving the controls',
      'finished',
    ]);
  });
});

describe('several samples in one run', () => {
  const names = ['lot', 'street', 'yard'];

  it('are told one after the other, each from the byte at which it begins', () => {
    const members = names.map((name) => memberOf(preparedTransfer25({ name }, { ...CLIP, frames: framesOf(2) })));
    const writes = transfer25Log({ samples: names.map((name) => ({ name, chunks: 2 })), ranks: 8 });
    const bytes = Buffer.from(writes.join(''));
    for (const seed of SEEDS) {
      const told = readAll(transfer25.logReader(members, 8), torn(bytes, seed));
      expect(falls(told)).toEqual([]);
      const state = finalState(told);
      for (const [index, name] of names.entries()) {
        const at = bytes.indexOf(`] [${index + 1}/3] Processing`);
        expect(state[`job-${name}`]).toMatchObject({ fraction: 1, logFrom: bytes.lastIndexOf('\n', at) + 1 });
      }
    }
  });

  it('of cosmos3 are known by their folders', () => {
    const members = names.map((name) => memberOf(preparedCosmos3({ name })));
    const writes = cosmos3Log({ samples: ['yard', 'lot'].map((name) => ({ name, chunks: 1 })) });
    const state = finalState(readAll(cosmos3.logReader(members), torn(Buffer.from(writes.join('')), 5)));
    expect(Object.entries(state).map(([job, { stage }]) => [job, stage])).toEqual([
      ['job-lot', 'finished'],
      ['job-yard', 'finished'],
    ]);
  });

  it('begins the second with its chunks at nothing', () => {
    const members = names.map((name) => memberOf(preparedTransfer25({ name }, { ...CLIP, frames: framesOf(2) })));
    const reader = transfer25.logReader(members);
    const told = transfer25Log({ samples: names.map((name) => ({ name, chunks: 2 })) }).flatMap((write) =>
      reader.push(Buffer.from(write)),
    );
    const second = told.filter(({ job }) => job === 'job-street');
    expect(second[0]).toMatchObject({ fraction: 0, stage: 'checking the prompt' });
    expect(chunksTold(second)).toEqual([1, 2]);
  });
});

describe('debug.log', () => {
  const SIDE = 'out/debug.log';
  const run = { samples: [{ name: 'lot', chunks: 3 }], ranks: 8 };
  // The spec makes one chunk of it: what the log says counts more.
  const member = () => memberOf(preparedTransfer25({}, CLIP));

  it('says which chunk it is, whatever was computed and in whatever order both logs arrive', () => {
    const log = Buffer.from(transfer25Log(run).join('')).subarray(0, -600);
    const debug = Buffer.from(transfer25DebugLog(run).join(''));
    const [one, other] = [transfer25.logReader([member()], 8), transfer25.logReader([member()], 8)];
    const first = [...readAll(one, torn(log, 1)), ...readAll(one, torn(debug, 2), SIDE)];
    const second = [...readAll(other, torn(debug, 3), SIDE), ...readAll(other, torn(log, 4))];
    expect(repeats(first)).toEqual([]);
    expect(falls(first)).toEqual([]);
    expect(falls(second)).toEqual([]);
    expect(finalState(second)).toEqual(finalState(first));
    expect(chunksTold(second).at(-1)).toBe(3);
  });

  it('tells the chunk before its first bar is drawn', () => {
    const reader = transfer25.logReader([member()], 8);
    readAll(reader, [Buffer.from(transfer25Log(run).join('').split('\rGenerating')[0] ?? '')]);
    const told = readAll(reader, [Buffer.from(transfer25DebugLog(run).slice(0, 3).join(''))], SIDE);
    expect(told.at(-1)).toMatchObject({ stage: 'chunk 2/3', chunk: { at: 2, of: 3 } });
  });
});

describe('the safety filter', () => {
  it.each([
    ['prompt', 'the prompt'],
    ['negative', 'the negative prompt'],
  ] as const)('is heard as soon as it refuses the %s', (block, reason) => {
    const bytes = Buffer.from(transfer25Log({ samples: [{ name: 'lot', chunks: 1, block }], ranks: 8 }).join(''));
    const told = readAll(transfer25.logReader([memberOf(preparedTransfer25())], 8), torn(bytes, 9));
    expect(told.at(-1)).toMatchObject({ job: 'job-lot', refused: reason });
  });

  it('is heard in debug.log when it refuses the video', () => {
    const run = { samples: [{ name: 'lot', chunks: 1, block: 'video' as const }] };
    const reader = transfer25.logReader([memberOf(preparedTransfer25())]);
    const told = readAll(reader, [Buffer.from(transfer25DebugLog(run).join(''))], 'out/debug.log');
    expect(told.at(-1)?.refused).toBe('VIDEOCONTENTSAFETYFILTER: unsafe frames detected: 14.0%');
  });
});
