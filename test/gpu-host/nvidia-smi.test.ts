import { afterEach, expect, test } from 'vitest';
import { H100, NVIDIA_SMI_FAILURES } from './gpus.js';
import { hostOfFile } from './hosts.js';

const host = await hostOfFile({ docker: false });
const smi = (...words: string[]) => host.ssh('nvidia-smi', ...words);

afterEach(() => {
  host.gpus.recover();
  host.gpus.set([H100, H100]);
  host.gpus.setProcesses([]);
});

test('a query answers in the order asked, with units or without', async () => {
  host.gpus.set([{ ...H100, memoryUsedMiB: 1234, utilization: 42 }]);
  const fields = '--query-gpu=index,name,memory.total,memory.used,memory.free,utilization.gpu,driver_version';
  expect((await smi(fields, '--format=csv')).stdout).toBe(
    'index, name, memory.total [MiB], memory.used [MiB], memory.free [MiB], utilization.gpu [%], driver_version\n' +
      '0, NVIDIA H100 80GB HBM3, 81559 MiB, 1234 MiB, 80325 MiB, 42 %, 570.124.06\n',
  );
  expect((await smi('--query-gpu=memory.used,index', '--format=csv,noheader,nounits')).stdout).toBe('1234, 0\n');
});

test('what a test changes is seen at once', async () => {
  host.gpus.change(1, { memoryUsedMiB: 7, name: 'NVIDIA H200' });
  host.gpus.setProcesses([{ gpu: 1, pid: 4711, name: 'python', memoryMiB: 500 }]);
  const list = await smi('--query-gpu=name,memory.used', '--format=csv,noheader');
  expect(list.stdout).toBe('NVIDIA H100 80GB HBM3, 0 MiB\nNVIDIA H200, 507 MiB\n');
  const apps = await smi('--query-compute-apps=gpu_uuid,pid,process_name,used_memory', '--format=csv');
  expect(apps.stdout).toBe(
    `gpu_uuid, pid, process_name, used_gpu_memory [MiB]\n${host.gpus.uuid(1)}, 4711, python, 500 MiB\n`,
  );
});

test('one GPU can be asked for by its index', async () => {
  expect((await smi('-i', '1', '--query-gpu=index', '--format=csv,noheader')).stdout).toBe('1\n');
});

test('the table names driver, CUDA, GPUs and processes, every line as wide as the real one', async () => {
  host.gpus.setProcesses([{ gpu: 0, pid: 4711, name: 'python', memoryMiB: 500 }]);
  const { stdout } = await smi();
  expect(stdout).toContain('Driver Version: 570.124.06     CUDA Version: 12.8');
  expect(stdout).toContain('500MiB /  81559MiB');
  expect(stdout).toContain('4711');
  const widths = stdout.split('\n').map((line) => line.length);
  expect(new Set(widths)).toEqual(new Set([0, 91]));
});

test('it fails as the real one does', async () => {
  const unknown = await smi('--query-gpu=index,colour', '--format=csv');
  expect(unknown).toMatchObject({ exitCode: 2, stdout: 'Field "colour" is not a valid field to query.\n\n' });
  host.gpus.set([]);
  expect(await smi('-L')).toMatchObject({ exitCode: 6, stdout: 'No devices were found\n' });
  for (const failure of Object.values(NVIDIA_SMI_FAILURES)) {
    host.gpus.fail(failure);
    expect(await smi('-L')).toMatchObject({ exitCode: failure.exitCode, stdout: failure.text });
  }
});
