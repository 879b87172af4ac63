/** The whole fault matrix on a remote host (test/gpu-host/remote-faults.test.ts), with the table of its cells. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export async function bench(): Promise<void> {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', '--project', 'host'];
  const env = { ...process.env, COSMOS_FAULTS: '' }; // a part of every name
  const argv = [...vitest, 'test/gpu-host/remote-faults.test.ts'];
  const [code] = await once(spawn(process.execPath, argv, { env, stdio: 'inherit' }), 'exit');
  if (code !== 0) process.exitCode = 1;
}
