/** What the last screen says of the simulated host: what was real, and what was not. */
import { MODELS } from '../venue.js';
import type { HostFacts } from './facts.js';

/** Beside the path of the video. */
export function simulatedVideo({ engine }: HostFacts): string {
  return (
    `It is no result of ${MODELS[engine]}: cosmos-sim blended it from the passes, and SIMULATED is burned into every ` +
    'frame.'
  );
}

export function realAndSimulated({ login, hostKey, docker, image, engine }: HostFacts): {
  real: string[];
  simulated: string[];
} {
  const model = MODELS[engine];
  return {
    real: [
      `SSH: OpenSSH's server at ${login}, not root; its key ${hostKey} was verified before the login.`,
      'Transfer: inputs and video crossed that connection, checked by SHA-256 at both ends.',
      `Docker: engine ${docker} ran the image ${image} with --gpus, as any other image.`,
      'Adoption: the daemon was killed, and the next one found the container by itself.',
      `Spec, command line, log, progress, verification: what a host with ${model} gets and gives.`,
    ],
    simulated: [
      `The model: no ${model} ran, and no picture here says what it makes. cosmos-sim has its command line, log, files and exit codes.`,
      'The GPUs: nvidia-smi answers for cards that do not exist. Times here say nothing about a GPU.',
      'The network: everything was on this computer.',
    ],
  };
}
