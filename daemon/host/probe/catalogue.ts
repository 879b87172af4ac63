/** Every problem that a probe can find: whether it stops runs, one sentence, and what to do about it. */
import type { EngineName, HostCheck, HostCheckName, HostProblem, HostTrouble } from '../../../schemas/index.js';
import { withoutLoginPassword } from '../../../schemas/ssh-login.js';
import type { CosmosError } from '../../errors.js';
import { DOCKER_PROBLEMS, type DockerFacts } from './catalogue/docker.js';
import { ENGINE_PROBLEMS, type EngineFacts } from './catalogue/engine.js';
import { ERROR_REMEDIES, isErrorProblem } from './catalogue/errors.js';
import { GPU_PROBLEMS, type GpuFacts } from './catalogue/gpu.js';
import { MACHINE_PROBLEMS, type MachineFacts } from './catalogue/machine.js';
import type { Facts, Problem } from './catalogue/problem.js';

type ProblemFacts = MachineFacts & GpuFacts & DockerFacts & EngineFacts;
/** Problems that are no errors anywhere else. */
export type FoundProblem = keyof ProblemFacts & HostProblem;

export const CATALOGUE: { readonly [C in FoundProblem]: Problem<ProblemFacts[C]> } = {
  ...MACHINE_PROBLEMS,
  ...GPU_PROBLEMS,
  ...DOCKER_PROBLEMS,
  ...ENGINE_PROBLEMS,
};

/** What a finding is about. */
export interface Subject {
  readonly check: HostCheckName;
  /** Left out: the host as a whole. */
  readonly engine?: EngineName;
}

export function problem<C extends FoundProblem>(subject: Subject, code: C, facts: ProblemFacts[C] & Facts): HostCheck {
  const { state, sentence, remedy } = CATALOGUE[code];
  return { ...about(subject), state, code, message: sentence(facts), remedy: remedy(facts), data: { ...facts } };
}

/** An error has its own sentence; the catalogue adds what to do. `ssh` = the target as it was written. */
export function troubleOf(error: CosmosError, ssh: string): HostTrouble {
  const code = isErrorProblem(error.code) ? error.code : 'check_failed';
  const data = { ...error.data, ssh: withoutLoginPassword(ssh) ?? ssh };
  return { code, message: error.message, remedy: ERROR_REMEDIES[code](data), data };
}

export function errorFound(subject: Subject, error: CosmosError, ssh: string): HostCheck {
  return { ...about(subject), state: 'failed', ...troubleOf(error, ssh) };
}

export function fine(subject: Subject, message: string, data: Facts = {}): HostCheck {
  return { ...about(subject), state: 'ok', code: null, message, remedy: null, data: { ...data } };
}

export function skipped(subject: Subject, message: string): HostCheck {
  return { ...about(subject), state: 'skipped', code: null, message, remedy: null, data: {} };
}

function about({ check, engine }: Subject) {
  return { check, engine: engine ?? null };
}
