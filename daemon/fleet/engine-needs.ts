/** What each engine that runs on GPUs needs on a host, beside what its own code says. */
import type { EngineName, HostConfig } from '../../schemas/index.js';
import type { EngineNeeds } from '../host/probe/context.js';
import type { Engine } from '../workload/engine.js';

type Documented = Omit<EngineNeeds, 'engine' | 'memoryGb'>;

/** The preview runs on this machine and needs nothing. */
const NEEDS: Readonly<Record<Exclude<EngineName, 'preview'>, Documented>> = {
  'transfer2.5': {
    driver: '570.124.06', // NVIDIA's docs/setup.md
    repository: 'https://github.com/nvidia-cosmos/cosmos-transfer2.5',
    entry: 'examples/inference.py',
    since: '2026-04-14', // earlier commits name model revisions that Hugging Face no longer has (PR #220)
    gated: true, // nvidia/Cosmos-Guardrail1
  },
  cosmos3: {
    driver: '570.26', // CUDA 12.8 (NVIDIA's docs/setup.md), which this driver was the first to serve
    repository: 'https://github.com/NVIDIA/cosmos-framework',
    entry: 'pyproject.toml',
    since: null,
    gated: false, // only the models of the safety filter are gated, and it runs without that filter
  },
};

/** The needs of the engines that the host is configured for. */
export function needsOf(config: Pick<HostConfig, 'engine'>, engines: ReadonlyMap<EngineName, Engine>): EngineNeeds[] {
  return (Object.keys(NEEDS) as (keyof typeof NEEDS)[]) // the keys of that very object
    .filter((engine) => config.engine[engine] !== undefined)
    .map((engine) => ({ engine, memoryGb: engines.get(engine)?.capabilities.memoryGb ?? null, ...NEEDS[engine] }));
}
