/** The verdict on a log does not depend on how its bytes came, on colours and bars, or on what other ranks say after. */
import { describe, expect, it } from 'vitest';
import { RunLogs } from '../../../../daemon/run/run-log.js';
import { StateDir } from '../../../../daemon/state-dir.js';
import type { MemberOutcome } from '../../../../daemon/workload/engine.js';
import { unknownFailure } from '../../../../daemon/workload/failures/diagnose.js';
import { LogLines } from '../../../../daemon/workload/log-lines.js';
import { Transfer25Engine } from '../../../../daemon/workload/transfer25/transfer25.js';
import { bareMember, memberOf, preparedTransfer25 } from '../../../support/cosmos-logs/members.js';
import { torn } from '../../../support/cosmos-logs/torn.js';
import { transfer25Log } from '../../../support/cosmos-logs/transfer25.js';
import { seededRandom } from '../../../support/random.js';
import { tempDir } from '../../../support/tmp.js';
import { REPORTS } from './reported.js';

const engine = new Transfer25Engine({ guardrails: 'on', checkpoint: null });
const lot = bareMember('lot');
const RUN = 'run-1';
const began = [{ path: 'out/lot.json', bytes: 9 }];

/** A run of four GPUs that dies in its first chunk with these lines, in colours, between bars, with text beside ASCII. */
function logOf(lines: string, seed: number): Buffer {
  const random = seededRandom(seed);
  const dressed = lines.split('\n').map((line) => {
    const bar = random() < 0.3 ? `\rGenerating samples:  34%|███▍      | 12/35 [01:33<02:58,  ${seed}.77s/it]\r` : '';
    const coloured =
      random() < 0.3 ? line.replace(/^((?:\[rank\d+\]: )?)(\S+)/, '$1\u001b[31m\u001b[1m$2\u001b[0m') : line;
    return `${bar}${coloured}${random() < 0.3 ? '\r\n' : '\n'}`;
  });
  const noise = 'Größe des Films: 火 ▍ (prêt)\n';
  const dies = { chunk: 1, lines: [noise, ...dressed, noise] };
  return Buffer.from(transfer25Log({ samples: [{ name: 'lot', chunks: 3, dies }], ranks: 2, steps: 3 }).join(''));
}

/** As the daemon comes to its verdict: the log is mirrored piece by piece, and its end read back. */
async function verdict(pieces: readonly Uint8Array[], exitCode = 1): Promise<MemberOutcome> {
  const logs = new RunLogs(new StateDir(tempDir()));
  const reader = engine.logReader([memberOf(preparedTransfer25())], 4);
  let at = 0;
  for (const piece of pieces) {
    await logs.append(RUN, at, piece);
    reader.push(piece);
    at += piece.length;
  }
  return engine.outcome(lot, began, await logs.tail(RUN), exitCode);
}

describe('a log that is torn at random bytes', () => {
  it.each(REPORTS.map((report, seed) => [report.source, report.code, report, seed + 1] as const))(
    'is judged as the whole: %s is %s',
    async (_, code, report, seed) => {
      const bytes = logOf(report.log, seed);
      const whole = await verdict([bytes]);
      expect(whole).toMatchObject({ kind: 'failed', failure: { code, class: report.class } });
      expect(await verdict(torn(bytes, seed))).toEqual(whole);
    },
  );

  it('gives the same lines, cut inside characters and colours', () => {
    for (const [seed, report] of REPORTS.entries()) {
      const bytes = logOf(report.log, seed);
      const lines = (pieces: readonly Uint8Array[]) => {
        const reader = new LogLines();
        return pieces.flatMap((piece) => reader.push(piece));
      };
      const single = Array.from(bytes.subarray(-600), (byte) => Uint8Array.of(byte));
      expect(lines([bytes.subarray(0, -600), ...single])).toEqual(lines([bytes]));
    }
  });
});

const frame = (rank: number, at: number) =>
  `frame #${at}: c10d::ProcessGroupNCCL::watchdogHandler() + 0x233 (0x7f${rank}9e16333 in /usr/lib/python3.12/site-packages/torch/lib/libtorch_cuda.so)`;

/** What ranks print that lose one of them, this many characters at least. */
function complaints(characters: number): string {
  const block = Array.from({ length: 7 }, (_, at) => {
    const rank = at + 1;
    return [
      `[rank${rank}]:[E626 06:24:44.9 ProcessGroupNCCL.cpp:616] [Rank ${rank}] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=808)`,
      ...Array.from({ length: 60 }, (_, at) => frame(rank, at)),
      `[rank${rank}]: torch.distributed.DistBackendError: NCCL error in: ProcessGroupNCCL.cpp:3763, remote process exited`,
    ].join('\n');
  }).join('\n');
  return `${block}\n`.repeat(Math.ceil(characters / block.length));
}

describe('a cause before a flood of what it causes', () => {
  it('is found a megabyte and a half before the end', async () => {
    const cause = '[rank0]: torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.';
    const bytes = logOf(`${cause}\n${complaints(1_500_000)}`, 3);
    expect(await verdict([bytes])).toMatchObject({ failure: { code: 'gpu_memory' } });
  });

  it('is told in its own words when nobody knows it', async () => {
    const cause = "[rank0]: Traceback (most recent call last):\n[rank0]: KeyError: 'odd'";
    const outcome = await verdict([logOf(`${cause}\n${complaints(1_500_000)}`, 4)]);
    expect(outcome).toMatchObject({ failure: { code: 'unknown', sentence: "The program stopped: KeyError: 'odd'." } });
  });

  it('costs no time that anybody would notice, whatever fills the log', () => {
    const fills = [
      complaints(500_000),
      '/dev/shm '.repeat(200_000),
      "Error validating parameters from 'x'\n".repeat(10_000),
      'File "sam2_model.py", line 3\n  x\n'.repeat(10_000),
      'validation error\n'.repeat(20_000),
      'KeyError: 1\n'.repeat(20_000),
    ];
    for (const fill of fills) {
      const started = performance.now();
      engine.outcome(lot, began, fill, 1);
      unknownFailure(fill, 1);
      expect(performance.now() - started, fill.slice(0, 20)).toBeLessThan(10_000); // minutes, if a pattern were quadratic
    }
  });
});
