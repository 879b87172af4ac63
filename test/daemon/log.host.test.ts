import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../../daemon/log.js';
import { tempDir } from '../support/tmp.js';

test('a full disk does not end the daemon at its next line of log, which waits for room', () => {
  const folder = tempDir();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  const [file, filler] = [path.join(folder, 'daemon.log'), path.join(folder, 'filler')];
  const log = createLogger(file, 'info');
  log.info('before');
  expect(() => writeFileSync(filler, Buffer.alloc(2 ** 21))).toThrow('ENOSPC');
  const long = 'x'.repeat(8192); // more than what is left of the block that the first line began
  log.info(long);
  rmSync(filler);
  log.info('after');
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['before', long, 'after']);
});
