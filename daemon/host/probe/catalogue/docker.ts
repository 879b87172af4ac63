/** Problems of Docker, images, and GPUs in containers. */
import { modelTitle } from '../../../../schemas/model-title.js';
import { shellWord } from '../shell-word.js';
import type { Problem } from './problem.js';

export interface DockerFacts {
  docker_missing: { user: string };
  docker_forbidden: { user: string };
  docker_unreachable: { said: string };
  image_missing: { image: string; build: string };
  image_unset: { engine: string };
  image_failed: { image: string; said: string };
  gpu_runtime_missing: { said: string };
  gpu_runtime_untried: { runtime: boolean };
}

export const DOCKER_PROBLEMS: { readonly [C in keyof DockerFacts]: Problem<DockerFacts[C]> } = {
  docker_missing: {
    state: 'failed',
    sentence: ({ user }) => `Docker is not installed on the host, or not on the PATH of ${user}.`,
    remedy: () => 'Install Docker Engine on the host: https://docs.docker.com/engine/install/',
  },
  docker_forbidden: {
    state: 'failed',
    sentence: ({ user }) => `The SSH user ${user} may not use Docker on the host.`,
    remedy: ({ user }) => `On the host: sudo usermod -aG docker ${shellWord(user)}; it holds from the next login on.`,
  },
  docker_unreachable: {
    state: 'failed',
    sentence: ({ said }) => `Docker on the host does not answer: ${said}`,
    remedy: () => 'On the host: sudo systemctl start docker; its reasons are in journalctl -u docker.',
  },
  image_missing: {
    state: 'failed',
    sentence: ({ image }) => `The image ${image} is not on the host.`,
    remedy: ({ build }) => `Build it there (NVIDIA publishes none; it may take hours): ${build}`,
  },
  image_unset: {
    state: 'warning',
    sentence: ({ engine }) => `No image is named for ${modelTitle(engine)}, so this host does not run it.`,
    remedy: ({ engine }) => `Set image below [host.engine."${engine}"] in cosmos.toml.`,
  },
  image_failed: {
    state: 'failed',
    sentence: ({ image, said }) => `A container of ${image} does not start: ${said}`,
    remedy: ({ image }) =>
      `Make this work on the host: docker run --rm --gpus all --entrypoint true ${shellWord(image)}`,
  },
  gpu_runtime_missing: {
    state: 'failed',
    sentence: ({ said }) => `Docker on the host cannot give GPUs to containers: ${said}`,
    remedy: () =>
      'Install the NVIDIA Container Toolkit on the host, then: sudo nvidia-ctk runtime configure --runtime=docker && sudo systemctl restart docker',
  },
  gpu_runtime_untried: {
    state: 'warning',
    sentence: ({ runtime }) =>
      `There is no image to try GPUs with; Docker ${runtime ? 'knows' : 'does not list'} the NVIDIA runtime.`,
    remedy: () => 'Build the image of an engine, then test the host again.',
  },
};
