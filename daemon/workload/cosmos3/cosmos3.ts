/**
 * The engine `cosmos3`: transfers with Cosmos 3 models, by the inference script of NVIDIA/cosmos-framework @ 5eee9ed
 * (1.2.2) in a container.
 */
import path from 'node:path';
import type { Media, Prepared } from '../../../schemas/index.js';
import { ENGINE_CONTROLS } from '../../../schemas/spec/engine-controls.js';
import type {
  Command,
  Engine,
  EngineCapabilities,
  LogReader,
  Member,
  MemberOutcome,
  RunFile,
  Seat,
} from '../engine.js';
import { Course, type Pace } from '../nvidia/course.js';
import { RunLogReader } from '../nvidia/run-log.js';
import { pythonCommand } from '../nvidia/torchrun.js';
import { readCosmos3Line } from './log.js';
import { cosmos3Chunks, cosmos3Media, cosmos3Specs } from './media.js';
import { cosmos3Outcome, OUT, statusFile } from './outcome.js';

/** How a host runs the model; the same for every job there. */
export interface Cosmos3Settings {
  /** "Cosmos3-Nano", "Cosmos3-Super", "Cosmos3-Edge", or a local directory on the host, which pins the version. */
  readonly model: string;
}

/**
 * Proportions of the phases as in transfer2.5, without its safety filter, because NVIDIA publishes no times of
 * transfers.
 */
const PACE: Pace = { load: 57, step: 7.76, chunk: 22, guardrail: 0, save: 19 };

/** GPUs that share one video: one, or an even number (inference/args.py:1376-1392); and memory of each, GB. */
const NANO = { gpus: [1, 2, 4, 6, 8], memoryGb: 64 }; // NIM's floor of a transfer, BF16 (support-matrix.md); 32 to load
const SUPER = { gpus: [4, 6, 8], memoryGb: 80 }; // 128 GB of weights, shared by four or more (NVIDIA's docs/faq.md)

export class Cosmos3Engine implements Engine {
  readonly name = 'cosmos3';
  readonly dialect = 'cosmos3';
  readonly capabilities: EngineCapabilities;
  private readonly specs = cosmos3Specs();
  /** The Edge model has another default than the others (configs/model/*.yaml:111). */
  private readonly tier: string;

  constructor(private readonly settings: Cosmos3Settings) {
    const model = path.posix.basename(settings.model);
    this.tier = model.startsWith('Cosmos3-Edge') ? '480' : '720';
    this.capabilities = {
      ...ENGINE_CONTROLS.cosmos3,
      ...(model.startsWith('Cosmos3-Super') ? SUPER : NANO),
    };
  }

  /** Any set of hints: a sample brings its own, and one model serves them all. */
  batchKey(): string {
    return `cosmos3 ${this.settings.model}`;
  }

  /**
   * Only the latency preset: `throughput` deadlocks when control_guidance is not 1 (tests/nano_inference_smoke_test.py:
   * 20-27). The safety filter is never asked on this path and would only cost a gated download (inference.py:1825-1896).
   */
  command(members: readonly Member[], runFolder: string, seat?: Seat): Command {
    const specs = members.map(({ spec }) => path.posix.join(runFolder, spec));
    const files = ['-i', ...specs, '-o', path.posix.join(runFolder, OUT)];
    const args = [
      '--parallelism-preset=latency',
      '--no-guardrails',
      ...files,
      '--checkpoint-path',
      this.settings.model,
    ];
    return pythonCommand({ entry: ['-m', 'cosmos_framework.scripts.inference'], args }, seat);
  }

  /** One bar a chunk, of the first GPU alone (utils/progress_bar.py). */
  logReader(members: readonly Member[]): LogReader {
    const courses = members.map(({ job, prepared }, index) => {
      const spec = this.specs.of(prepared);
      const chunks = cosmos3Chunks(spec, prepared) * (spec.given.num_outputs ?? 1);
      const options = { job, pace: PACE, chunks, steps: spec.resolved.num_steps, ranks: 1, loads: index === 0 };
      return { name: prepared.name, course: new Course(options) };
    });
    return new RunLogReader(courses, readCosmos3Line);
  }

  evidence(member: Member): readonly string[] {
    return [statusFile(member)];
  }

  outcome(member: Member, files: readonly RunFile[], log: string, exitCode: number | null): MemberOutcome {
    return cosmos3Outcome(member, files, log, exitCode);
  }

  /** @throws CosmosError internal when the compiled spec is gone. */
  expect(prepared: Prepared): Media {
    return cosmos3Media(this.specs.of(prepared), prepared, this.tier);
  }
}
