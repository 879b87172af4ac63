/** Many random accounts: start files and gateways (test/daemon/host/shell/start-files.host.test.ts). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export async function bench(): Promise<void> {
  const { COSMOS_LOGINS = '300', COSMOS_SEED = String(Date.now() % 100_000) } = process.env;
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', '--project', 'host'];
  const argv = [...vitest, 'test/daemon/host/shell/start-files.host.test.ts'];
  const env = { ...process.env, COSMOS_LOGINS, COSMOS_SEED, COSMOS_TEST_PATIENCE: '5' };
  const [code] = await once(spawn(process.execPath, argv, { env, stdio: 'inherit' }), 'exit');
  if (code !== 0) process.exitCode = 1;
}
