/** Checks whether the daemon runs, answers, and has the version of this command. */
import type { Discovery } from '../../../schemas/index.js';
import { CosmosError } from '../../errors.js';
import type { StateDir } from '../../state-dir.js';
import { connectTo } from '../client.js';
import type { Presence } from '../discovery.js';
import { END_IT, silentWords } from '../silent-daemon.js';
import type { Finding } from './finding.js';

const name = 'Daemon';

export async function checkDaemon(presence: Presence, stateDir: StateDir, version: string): Promise<Finding> {
  switch (presence.kind) {
    case 'absent':
      return { name, level: 'ok', message: 'not running; commands start it automatically' };
    case 'starting':
    case 'stopping':
    case 'silent':
      return { name, level: 'fail', message: silentWords(presence, stateDir), remedy: `End it: ${END_IT}` };
    case 'well':
      return await checkWell(presence.discovery, version);
  }
}

async function checkWell(discovery: Discovery, version: string): Promise<Finding> {
  try {
    await (await connectTo(discovery)).close();
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    return { name, level: 'fail', message: error.message, remedy: 'Restart it: cosmos daemon stop, then any command.' };
  }
  const message = `process ${discovery.pid}, version ${discovery.version}`;
  if (discovery.version === version) return { name, level: 'ok', message };
  const remedy = `This command is version ${version}. Restart the daemon: cosmos daemon stop, then any command.`;
  return { name, level: 'warn', message, remedy };
}
