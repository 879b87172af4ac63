/** Writes the part of the last screen about the simulated host: what was real, and what was not. */
import { MODELS } from '../venue.js';
import type { HostFacts } from './sim-facts.js';

/** Beside the path of the video. */
export function simulatedVideo({ engine }: HostFacts): string {
  return (
    `It is no result of ${MODELS[engine]}: cosmos-sim blended it from the passes, and SIMULATED is burned into every ` +
    'frame.'
  );
}

export function realParts({ login, hostKey, docker, image, engine }: HostFacts): string[] {
  return [
    `SSH: OpenSSH's server at ${login}, not root; its key ${hostKey} was verified before the login.`,
    'Transfer: inputs and video crossed that connection, checked by SHA-256 at both ends.',
    `Docker: engine ${docker} ran the image ${image} with --gpus, as any other image.`,
    'Adoption: the daemon was killed, and the next one found the container again.',
    `Spec, command line, reading of the log, verification: the same as for a host with ${MODELS[engine]}.`,
  ];
}

export function simulatedParts({ engine }: HostFacts): string[] {
  return [
    `The model: ${MODELS[engine]} did not run, and no picture here shows what it makes. cosmos-sim takes its command ` +
      'line and writes its log, files and exit codes.',
    'The GPUs: nvidia-smi speaks of cards that do not exist, and the times here are made up.',
    'The distance: host and daemon were one computer, so the line was as fast as it gets.',
  ];
}
