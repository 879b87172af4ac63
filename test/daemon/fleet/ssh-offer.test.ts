import { expect, test } from 'vitest';
import { SshOffer } from '../../../daemon/fleet/ssh-offer.js';
import type { Gpu } from '../../../daemon/host/shell/nvidia-smi.js';
import type { Acquired } from '../../../daemon/host/ssh/lease.js';
import type { SshHost } from '../../../daemon/host/ssh/ssh-host.js';
import { HostConfig } from '../../../schemas/index.js';

const CONFIG = HostConfig.parse({
  ...{ name: 'gpu1', ssh: 'gpu1', root: '/srv/cosmos', ownership: 'shared', gpus: 5, gpus_per_run: 2, gpu: 'H100 NVL' },
  engine: {
    'transfer2.5': {
      ...{ image: 'transfer:1', checkout: '/srv/transfer2.5', venv_volume: 'venv', hf_cache: '/srv/hf' },
      env_file: '/srv/hf.env',
    },
    cosmos3: {},
  },
});

function setup({ gpus = [], holders }: { gpus?: Gpu[]; holders?: { gpu: number; owner: string }[] } = {}) {
  const done: string[] = [];
  const answer = holders === undefined ? { kind: 'held' } : { kind: 'busy', holders };
  const host: Partial<SshHost> = {
    id: 'gpu1',
    acquire: async (wanted, run) => {
      done.push(`acquire ${wanted.join('+')} ${run}`);
      return answer as Acquired; // the offer reads gpu and owner only
    },
    release: async (run) => void done.push(`release ${run}`),
    gpus: async () => gpus,
    remove: async (run) => void done.push(`remove ${run}`),
  };
  const state = { state: 'online', reason: '', lastSeen: 5, problem: null } as const;
  const store = { prune: async (bytes: number) => void done.push(`prune to ${bytes}`) };
  return { done, offer: new SshOffer(host as SshHost, { state }, CONFIG, store) };
}

function gpu(index: number, ...processes: string[]): Gpu {
  return {
    ...{ index, uuid: `GPU-${index}`, name: 'H100', driver: '570', totalMemory: 80_000, usedMemory: 0, utilization: 0 },
    processes: processes.map((name, at) => ({ pid: 100 + at, name, usedMemory: 10 })),
  };
}

test('slots are whole sets of GPUs, engines are those with an image', () => {
  const { offer } = setup();
  expect(offer.slots).toBe(2);
  expect(offer.engines).toEqual(['transfer2.5']);
  expect(offer.seat(1, 'run-1').gpus).toEqual([2, 3]);
  expect(offer.seat(1, 'run-1').masterPort).toBe(offer.seat(0, 'run-1').masterPort); // a run's own, wherever it sits
  expect(offer.seat(0, 'run-2').masterPort).not.toBe(offer.seat(0, 'run-1').masterPort);
  const facts = { state: 'online', reason: '', problem: null, lastSeen: 5, gpu: 'H100 NVL', gpus: 5 };
  expect(offer.facts()).toEqual(facts);
});

test('a container is what the configuration of the host says, and the command asks for', () => {
  const command = { argv: ['python'], env: {}, workdir: '/workspace', gpus: [0, 1] } as const;
  expect(setup().offer.container('transfer2.5', command)).toEqual({
    ...{ image: 'transfer:1', entrypoint: 'image', workdir: '/workspace', gpus: [0, 1], ipc: 'host' },
    mounts: [
      { source: '/srv/transfer2.5', target: '/workspace', readonly: false },
      { source: '/srv/hf', target: '/root/.cache/huggingface', readonly: false },
    ],
    volumes: [{ name: 'venv', target: '/workspace/.venv' }],
    envFile: '/srv/hf.env',
  });
  expect(() => setup().offer.container('cosmos3', command)).toThrow(/no image for Cosmos 3/);
});

test('GPUs that somebody holds are named, and nothing is taken', async () => {
  const { done, offer } = setup({ holders: [{ gpu: 0, owner: 'ann@studio' }] });
  await expect(offer.reserve(0, 'run-1')).rejects.toMatchObject({
    code: 'gpu_busy',
    message: 'The GPUs on gpu1 are in use (GPU 0: ann@studio).',
  });
  expect(done).toEqual(['acquire 0+1 run-1']);
});

test('GPUs that somebody computes on without a lease are given back; those beside them do not matter', async () => {
  const { done, offer } = setup({ gpus: [gpu(0), gpu(1, 'train.py'), gpu(2, 'blender')] });
  await expect(offer.reserve(0, 'run-1')).rejects.toMatchObject({
    code: 'gpu_busy',
    message: 'The GPUs on gpu1 are in use (GPU 1: train.py).',
  });
  expect(done).toEqual(['acquire 0+1 run-1', 'release run-1']);
  const free = setup({ gpus: [gpu(0), gpu(1), gpu(2, 'blender')] });
  await free.offer.reserve(0, 'run-1');
  expect(free.done).toEqual(['acquire 0+1 run-1']);
});

test('a finished run is removed, and the store kept within its bounds', async () => {
  const { done, offer } = setup();
  await offer.cleanUp('run-1');
  expect(done).toEqual(['remove run-1', 'prune to 50000000000']);
});

test('what the GPUs of a slot do is told a line each; a GPU that idles is not working', async () => {
  const busy = { ...gpu(2, 'python'), utilization: 97, usedMemory: 65_400 };
  const look = await setup({ gpus: [gpu(0), gpu(1), busy] }).offer.look(0);
  expect(look).toEqual({
    isWorking: false,
    text: [0, 1].map((index) => `GPU ${index} (H100): 0 % busy, 0 of 80000 MiB in use, no process`).join('\n'),
  });
  const other = await setup({ gpus: [gpu(0), gpu(1), busy] }).offer.look(1);
  expect(other).toEqual({
    isWorking: true,
    text: 'GPU 2 (H100): 97 % busy, 65400 of 80000 MiB in use, python (100)',
  });
});
