/** The daemon: does it run, and is it of this version. */
import { CosmosError } from '../../errors.js';
import type { StateDir } from '../../state-dir.js';
import { DaemonClient } from '../client.js';
import { findDaemon } from '../discovery.js';
import type { Finding } from './finding.js';

const name = 'Daemon';

export async function checkDaemon(stateDir: StateDir, version: string): Promise<Finding> {
  const discovery = await findDaemon(stateDir);
  if (discovery === undefined) return { name, level: 'ok', message: 'not running; commands start it by themselves' };
  try {
    await (await DaemonClient.connect(discovery)).close();
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    return { name, level: 'fail', message: error.message, remedy: 'Restart it: cosmos daemon stop, then any command.' };
  }
  const message = `process ${discovery.pid}, version ${discovery.version}`;
  if (discovery.version === version) return { name, level: 'ok', message };
  const remedy = `This command is version ${version}. Restart the daemon: cosmos daemon stop, then any command.`;
  return { name, level: 'warn', message, remedy };
}
