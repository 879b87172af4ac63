/** Why a Docker command failed: what Docker prints, and the sentence that explains it. */

import type { ErrorCode, FailureClass } from '../../../schemas/index.js';
import { CosmosError } from '../../errors.js';
import { lastLine, STDERR_CHARACTERS } from '../shell/checked.js';
import type { RemoteResult } from '../shell/remote.js';
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
  /** Set where a later attempt on the same host may work, although the error code says that another host is needed. */
  readonly class?: FailureClass;
  readonly sentence: (subject: Subject) => string;
}

/** The first that fits counts: Docker names the cause last, after what it tried ("Unable to find image ... locally"). */
const FAILURES: readonly Failure[] = [
  {
    says: /toomanyrequests|pull rate limit/i, // docker/hub-feedback#2429, huan/docker-wechat#156
    code: 'image_missing',
    class: 'transient',
    sentence: ({ image }) =>
      `The registry of ${image} limits how often this host may pull; log in there ("docker login"), or load the image with docker load.`,
  },
  {
    says: /authentication required|401 Unauthorized|\bunauthorized\b/i, // nvidia-cosmos/cosmos-predict2#54, nv-tlabs/Fixer#5
    code: 'image_missing',
    sentence: ({ image }) =>
      `The registry of ${image} wants a login; run "docker login" for it on the host (nvcr.io: user $oauthtoken, an NGC key as password), or build the image there.`,
  },
  {
    says: /pull access denied|manifest unknown|manifest for \S+ not found|repository does not exist/i,
    code: 'image_missing',
    sentence: ({ image }) =>
      `The image ${image} is neither on the host nor in a registry that gives it; build it there, and check its name in the configuration.`,
  },
  {
    says: /TLS handshake timeout|i\/o timeout|context deadline exceeded|dial tcp[^\n]{0,200}(?:no such host|connection refused)/i,
    code: 'image_missing',
    class: 'transient',
    sentence: ({ image }) =>
      `The image ${image} is not on the host, and its registry could not be reached; build it there, or look at the network of the host.`,
  },
  {
    says: /exec format error|no matching manifest for|does not match the (?:specified|detected host) platform/i, // NVIDIA/nvidia-docker#1116
    code: 'container_failed',
    sentence: ({ image }) =>
      `The image ${image} is built for another kind of processor than the host has (Arm or x86-64); build it on that host.`,
  },
  {
    says: /driver\/library version mismatch/i, // NVIDIA/nvidia-container-toolkit#394, psalias2006/gpu-hot#48
    code: 'gpu_runtime_missing',
    sentence: () => 'The NVIDIA driver of the host was updated while the old one still runs; reboot the host.',
  },
  {
    says: /unsatisfied condition/i,
    code: 'gpu_runtime_missing',
    sentence: ({ image }) =>
      `The NVIDIA driver of the host is too old for ${image}; install driver 570.124.06 or later there.`,
  },
  {
    says: /libnvidia-ml\.so\.1|driver (?:rpc error|not loaded)|nvidia driver is not loaded/i, // n8n-io/self-hosted-ai-starter-kit#11, docker/for-win#13835
    code: 'gpu_runtime_missing',
    sentence: () =>
      'The NVIDIA driver of the host is not installed or not loaded; run nvidia-smi there until it lists the GPUs.',
  },
  {
    says: /unknown or invalid runtime name|unknown runtime specified/i, // NVIDIA/nvidia-docker#578, nv-tlabs/3dgrut#71
    code: 'gpu_runtime_missing',
    sentence: () =>
      'Docker on the host knows no runtime "nvidia"; run "nvidia-ctk runtime configure --runtime=docker" there and restart Docker.',
  },
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
    says: /read-only file system/i,
    code: 'container_failed',
    sentence: () =>
      'Docker on the host cannot write its files (read-only file system); the disk is mounted so, or failing.',
  },
  {
    says: /cgroup/i,
    code: 'container_failed',
    sentence: () => 'Docker on the host could not set up its control groups (cgroups); restart Docker there.',
  },
  {
    says: /device or resource busy/i,
    code: 'container_failed',
    sentence: () =>
      'A device or a folder that the container needs is in use on the host; retry the job, or restart Docker there.',
  },
  {
    says: /no such container/i,
    code: 'container_failed',
    sentence: ({ container }) => `The container ${container} is no longer on the host: it was removed.`,
  },
  {
    says: /executable file not found|no such file or directory: unknown/i,
    code: 'container_failed',
    sentence: ({ image }) =>
      `The image ${image} lacks a program that a run needs (sh, or its entry point); build it anew.`,
  },
  {
    says: /invalid reference format/i,
    code: 'container_failed',
    sentence: ({ image }) => `"${image}" is no name of an image; see the image of the engine in the configuration.`,
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
  const sentence = known?.sentence(subject) ?? `The run could not be ${step} on the host: ${reasonIn(said)}`;
  const kind = known?.class === undefined ? {} : { class: known.class };
  return new CosmosError(code, sentence, { exitCode: result.exitCode, stderr: said.slice(-STDERR_CHARACTERS) }, kind);
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

/** Removes the hint at its help with which Docker ends. */
function reasonIn(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('See '));
  return lastLine(lines.at(-1) ?? 'it gave no reason').replace(/^docker: /, '');
}
