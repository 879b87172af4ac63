/** Why Docker did not do as asked: what it says, and what that means to people. */

import type { ErrorCode } from '../../../schemas/index.js';
import { CosmosError } from '../../errors.js';
import type { RemoteResult } from '../remote.js';
import { BUSY, CONFLICT, NO_WRAPPER, OPEN_SECRETS } from './start.js';

/** What a sentence may name. */
interface Subject {
  readonly image: string;
  readonly container: string;
  readonly envFile: string | null;
}

interface Failure {
  /** Occurs in what Docker prints; wording of Docker 20.10 to 28, seen or (where noted) documented. */
  readonly says: RegExp;
  readonly code: ErrorCode;
  readonly sentence: (subject: Subject) => string;
}

const FAILURES: readonly Failure[] = [
  {
    says: /no such image|unable to find image/i,
    code: 'image_missing',
    sentence: ({ image }) => `The image ${image} is not on the host; build it there, or load it with docker load.`,
  },
  {
    says: /could not select device driver/i,
    code: 'gpu_runtime_missing',
    sentence: () =>
      'Docker on the host cannot give GPUs to containers; install the NVIDIA Container Toolkit there and restart Docker.',
  },
  {
    says: /nvidia-container-cli|nvidia-container-runtime|libnvidia|unresolvable CDI devices/i,
    code: 'gpu_runtime_missing',
    sentence: () =>
      'The NVIDIA Container Toolkit on the host could not prepare the GPUs; run nvidia-smi there and compare the driver.',
  },
  {
    says: /cannot set both Count and DeviceIDs/i,
    code: 'internal',
    sentence: () => 'The list of GPUs was not quoted for Docker; this is a defect of Cosmos Bridge.',
  },
  {
    says: /is already in use by container/i,
    code: 'container_conflict',
    sentence: ({ container }) => `A container named ${container} is on the host and is not ours; nothing was changed.`,
  },
  {
    says: /permission denied while trying to connect|permission denied.*docker\.sock/i,
    code: 'docker_unreachable',
    sentence: () => 'The SSH user may not use Docker on the host; add the user to the group "docker" and log in again.',
  },
  {
    says: /cannot connect to the docker daemon|is the docker daemon running|error during connect|unexpected EOF/i,
    code: 'docker_unreachable',
    sentence: () => 'Docker on the host does not answer; see "systemctl status docker" there.',
  },
  {
    says: /docker: (command )?not found|docker: No such file/i,
    code: 'docker_unreachable',
    sentence: () => 'Docker is not installed on the host, or not on the PATH of the SSH user.',
  },
  {
    says: /no space left on device/i,
    code: 'disk_full',
    sentence: () => 'No space is left on the disk of the host; free some and retry the job.',
  },
  {
    says: /bind source path does not exist|invalid mount config|error while creating mount source path/i,
    code: 'container_failed',
    sentence: () =>
      'A folder that the container needs is not on the host; see the paths of this host in the configuration.',
  },
];

/** The error of a script around Docker that ended with `result`, which is not a success. `step`: "started", "stopped". */
export function containerFailure(result: RemoteResult, step: string, subject: Subject): CosmosError {
  const said = result.stderr.trim();
  const known = ofScript(result.exitCode, subject) ?? FAILURES.find(({ says }) => says.test(said));
  const code = known?.code ?? 'container_failed';
  const sentence = known?.sentence(subject) ?? `The run could not be ${step} on the host: ${lastLine(said)}`;
  return new CosmosError(code, sentence, { exitCode: result.exitCode, stderr: said });
}

/** The exit codes that the start scripts give a meaning of their own. */
function ofScript(exitCode: number, { container, envFile }: Subject): Omit<Failure, 'says'> | undefined {
  switch (exitCode) {
    case BUSY:
      return { code: 'host_step_failed', sentence: () => 'Another start or stop of the same run takes very long.' };
    case CONFLICT:
      return {
        code: 'container_conflict',
        sentence: () => `A container named ${container} is on the host and is not ours; nothing was changed.`,
      };
    case NO_WRAPPER:
      return { code: 'host_step_failed', sentence: () => 'The process that looks after the run did not start.' };
    case OPEN_SECRETS:
      return {
        code: 'secrets_exposed',
        sentence: () => `${envFile ?? ''} on the host is missing or can be read by others; create it and chmod 600 it.`,
      };
    default:
      return undefined;
  }
}

/** Docker ends with a hint at its help, which helps nobody here. */
function lastLine(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('See '));
  return (lines.at(-1) ?? 'it gave no reason').replace(/^docker: /, '');
}
