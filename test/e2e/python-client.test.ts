/** A foreign client, written from the protocol alone: docs/examples/follow.py. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { DaemonProcess, workspace } from '../support/daemon.js';
import { writeSequences } from '../support/passes.js';
import { runPython } from '../support/python.js';

const script = fileURLToPath(new URL('../../docs/examples/follow.py', import.meta.url));

test('the Python example authenticates, subscribes, submits and follows the log to the result', async () => {
  const space = workspace('[[watch]]\npath = EXPORTS\nsettle = 0.2\n');
  writeSequences(path.join(space.exports, 'street'), { passes: ['color', 'depth'] });
  const client = await DaemonProcess.start(space).connect();
  await vi.waitFor(async () => expect((await client.call('clip.get', { clip: 'street' })).clip.state).toBe('ready'));

  const { exitCode, stdout, stderr } = await runPython([script, '--state-dir', space.stateDir, 'street']);

  expect(exitCode, stderr).toBe(0);
  expect(stderr).toContain('Processing sample'); // the log it followed
  expect(stdout).toContain(path.join(space.exports, 'street', 'street_preview.mp4'));
});
