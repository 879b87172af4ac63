/** All attacks of test/hostile in their large form; what they measure stands in their output. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export async function bench(): Promise<void> {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', 'test/hostile'];
  const env = { ...process.env, COSMOS_HOSTILE: 'large', COSMOS_TEST_PATIENCE: '10' };
  const [code] = await once(spawn(process.execPath, vitest, { env, stdio: 'inherit' }), 'exit');
  if (code !== 0) process.exitCode = 1;
}
