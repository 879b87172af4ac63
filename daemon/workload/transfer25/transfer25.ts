/**
 * The engine `transfer2.5`: nvidia-cosmos/cosmos-transfer2.5 @ 2ff49d0 (code of v1.5.4), run by its
 * examples/inference.py in a container.
 */
import path from 'node:path';
import type { Media, Prepared } from '../../../schemas/index.js';
import { chunkCount, transfer25Chunking } from '../../../schemas/spec/chunks.js';
import { ENGINE_CONTROLS } from '../../../schemas/spec/engine-controls.js';
import type { Command, Engine, LogReader, Member, MemberOutcome, RunFile, Seat } from '../engine.js';
import { Course, type Pace } from '../nvidia/course.js';
import { RunLogReader } from '../nvidia/run-log.js';
import { pythonCommand } from '../nvidia/torchrun.js';
import { readTransfer25Line } from './log.js';
import { transfer25Frames, transfer25Media, transfer25Specs } from './media.js';
import { DEBUG_LOG, OUT, transfer25Outcome } from './outcome.js';

/** How a host runs the model; the same for every job there. */
export interface Transfer25Settings {
  /** The safety filter: on the GPU, moved to the processor between its checks, or switched off. */
  readonly guardrails: 'on' | 'offload' | 'off';
  /** Checkpoint file on the host in place of the released one (--checkpoint-path); null = the released one. */
  readonly checkpoint: string | null;
}

/** One H100 80 GB: 7.76 s a step, 294 s a chunk, 57 s of loading, then 35 s of checking and 19 s of saving. */
const PACE: Pace = { load: 57, step: 7.76, chunk: 294 - 35 * 7.76, guardrail: 35, save: 19 };

export class Transfer25Engine implements Engine {
  readonly name = 'transfer2.5';
  readonly dialect = 'transfer2.5';
  readonly capabilities = {
    ...ENGINE_CONTROLS['transfer2.5'],
    gpus: [1, 2, 3, 4, 6, 8, 11, 12, 16], // at 720 and 16:9 (imaginaire/utils/context_parallel.py:212-255)
    memoryGb: 65.4, // NVIDIA's docs/setup.md; on every GPU, as context parallelism does not divide the weights (#92)
  } as const;
  readonly sideLogs = [DEBUG_LOG];
  private readonly specs = transfer25Specs();

  constructor(private readonly settings: Transfer25Settings) {}

  /**
   * Equal hint sets only: in a run with other sets nine combinations lose a control, because the weights of a sample
   * are handed to the wrong branch (inference.py:246-251 with model:90-103), and one hint loads another checkpoint
   * than two (inference.py:52-72).
   */
  batchKey({ hints }: Prepared): string {
    const { guardrails, checkpoint } = this.settings;
    return `transfer2.5 ${[...hints].sort().join('+')} ${guardrails} ${checkpoint ?? 'released'}`;
  }

  command(members: readonly Member[], runFolder: string, seat?: Seat): Command {
    const specs = members.map(({ spec }) => path.posix.join(runFolder, spec));
    const args = ['-i', ...specs, '-o', path.posix.join(runFolder, OUT), ...this.flags()];
    return pythonCommand({ entry: ['examples/inference.py'], args }, seat);
  }

  logReader(members: readonly Member[], gpus = 1): LogReader {
    const courses = members.map(({ job, prepared }, index) => {
      const spec = this.specs.of(prepared);
      const chunking = transfer25Chunking(spec.num_video_frames_per_chunk, spec.num_conditional_frames);
      const chunks = chunkCount(transfer25Frames(spec, prepared), chunking);
      const options = { job, pace: PACE, chunks, steps: spec.num_steps, ranks: gpus, loads: index === 0 };
      return { name: prepared.name, course: new Course(options) };
    });
    return new RunLogReader(courses, readTransfer25Line);
  }

  evidence(): readonly string[] {
    return [DEBUG_LOG];
  }

  outcome(member: Member, files: readonly RunFile[], log: string, exitCode: number | null): MemberOutcome {
    return transfer25Outcome(member, files, log, exitCode);
  }

  /** @throws CosmosError internal when the compiled spec is gone. */
  expect(prepared: Prepared): Media {
    return transfer25Media(this.specs.of(prepared), prepared);
  }

  private flags(): string[] {
    const { guardrails, checkpoint } = this.settings;
    const filter = { on: [], offload: ['--offload-guardrail-models'], off: ['--disable-guardrails'] }[guardrails];
    return [...filter, ...(checkpoint === null ? [] : ['--checkpoint-path', checkpoint])];
  }
}
