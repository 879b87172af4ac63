import { describe, expect, it, test } from 'vitest';
import { diagnose } from '../../../../daemon/workload/failures/diagnose.js';
import { troubleOf } from '../../../../daemon/workload/failures/trouble.js';

describe('exceptions', () => {
  it.each([
    ["KeyError: 'x'", "KeyError: 'x'"],
    ["[rank3]: KeyError: 'x'", "KeyError: 'x'"],
    ["[default3]:KeyError: 'x'", "KeyError: 'x'"],
    ["2026-01-02T03:04:05.678Z [rank3]: KeyError: 'x'", "KeyError: 'x'"],
    ['model:  32%|███▌  | 14.3G/45.2G [00:56<02:17, 226MB/s][rank1]: KeyError: 1', 'KeyError: 1'],
    ['zipfile.BadZipFile: File is not a zip file', 'zipfile.BadZipFile: File is not a zip file'],
    ['Traceback (most recent call last):\n  File "x.py", line 1\n    f()\nOdd', 'Odd'],
    ["terminate called after throwing an instance of 'c10::Error'\n  what():  no luck", 'no luck'],
  ])('are read from %j', (text, exception) => {
    expect(troubleOf(text).exceptions.map((one) => one.text)).toEqual([exception]);
  });

  it.each(['Loading model: 7 of 9', 'ErrorHandler ready', 'no KeyError: here', 'File "x.py", line 3'])(
    'are not seen in %j',
    (text) => {
      expect(troubleOf(text).exceptions).toEqual([]);
    },
  );

  it('that were ignored when the program ended are no trouble', () => {
    const text = [
      'Exception ignored in: <function Pool.__del__ at 0x7f>',
      'Traceback (most recent call last):',
      '  File "pool.py", line 271, in __del__',
      'OSError: [Errno 28] No space left on device',
      'done',
    ].join('\n');
    expect(troubleOf(text)).toMatchObject({
      exceptions: [],
      text: 'Exception ignored in: <function Pool.__del__ at 0x7f>\ndone',
    });
    expect(diagnose(text, 1)).toBeUndefined();
  });

  it('of ranks that speak at once are told apart', () => {
    const text = [
      '[rank0]: Traceback (most recent call last):',
      '[rank1]: Traceback (most recent call last):',
      '[rank0]:   File "x.py", line 1',
      '[rank1]:   File "x.py", line 1',
      '[rank1]: Second',
      '[rank0]: First',
    ].join('\n');
    expect(troubleOf(text).exceptions).toEqual([
      { rank: 1, text: 'Second' },
      { rank: 0, text: 'First' },
    ]);
  });
});

test('a line without end and a text without end are read at their ends', () => {
  const line = troubleOf(`begin${'x'.repeat(100_000)}end`).text;
  expect(line.length).toBeLessThan(5000);
  expect(line).toMatch(/^begin.*end$/);
  const many = 'words\n'.repeat(200_000);
  const text = troubleOf(`${many}KeyError: 1\n${many}last`).text;
  expect(text.length).toBeLessThan(300_000);
  expect(text.startsWith('KeyError: 1\n')).toBe(true);
  expect(text.endsWith('last')).toBe(true);
});

test.each([
  // The exit code of a kill from outside tells more than what other ranks complain about, less than a cause.
  ['torch.distributed.DistBackendError: NCCL error', 137, 'killed'],
  ['torch.OutOfMemoryError: CUDA out of memory.', 137, 'gpu_memory'],
  ["KeyError: 'odd'", 137, 'killed'],
  ["KeyError: 'odd'", 139, undefined],
  ['torch.distributed.DistBackendError: NCCL error', 143, 'stopped'],
  ['', 135, 'shared_memory'],
  ["OSError('Tunnel connection failed: 403 Forbidden')", 1, 'proxy'],
  ['_pickle.UnpicklingError: Weights only load failed. Re-running `torch.load`', 1, 'weights_other'],
  ['pcieport 0000:00:02.0: PCIe Bus Error: severity=Corrected', 1, undefined],
])('%j with exit code %d is %s', (text, exitCode, code) => {
  expect(diagnose(text, exitCode)?.code).toBe(code);
});

test('the rank that torchrun saw fail first is asked first', () => {
  const report = (rank: number) =>
    `Root Cause (first observed failure):\n[0]:\n  time      : t\n  host      : h\n  rank      : ${rank} (local_rank: ${rank})\n`;
  const disk = "[rank2]: OSError: [Errno 28] No space left on device: '/root/.cache/x'";
  const memory = '[rank0]: torch.OutOfMemoryError: CUDA out of memory.';
  expect(diagnose(`${memory}\n${disk}\n${report(2)}`, 1)).toMatchObject({
    code: 'disk_full',
    sentence: 'The disk of the host is full (/root/.cache/x).',
  });
  expect(diagnose(`${memory}\n${disk}\n${report(0)}`, 1)?.code).toBe('gpu_memory');
  expect(diagnose(`${memory}\n[rank2]: KeyError: 1\n${report(2)}`, 1)).toBeUndefined();
  expect(diagnose(`No space left on device\n[rank2]: KeyError: 1\n${report(2)}`, 1)?.code).toBe('disk_full');
});
