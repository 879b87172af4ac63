import type { Discovery } from '../../../../schemas/index.js';
import { CosmosError } from '../../../errors.js';
import { DaemonClient } from '../../client.js';
import type { Context } from '../../context.js';
import { findDaemon, goneBy, isAlive } from '../../discovery.js';
import { type Parent, verb } from '../../verb.js';

/** Milliseconds a daemon may take to put its things away. */
const STOP_TIMEOUT = 30_000;

export function daemonStop(daemon: Parent): void {
  daemon
    .command('stop')
    .description('stop the daemon; runs go on and are picked up at the next start')
    .action(verb(async (context) => stop(context)));
}

async function stop({ stateDir, out, clock }: Context): Promise<void> {
  const running = await findDaemon(stateDir);
  if (running === undefined) {
    out.show({ stopped: false, stateDir: stateDir.root }, () => out.note('No daemon is running.'));
    return;
  }
  await ask(running);
  if (!(await goneBy(running.pid, clock, STOP_TIMEOUT))) {
    const message = `The daemon (process ${running.pid}) has not ended yet; see ${stateDir.daemonLog}.`;
    throw new CosmosError('wrong_state', message, { pid: running.pid });
  }
  out.show({ stopped: true, stateDir: stateDir.root, pid: running.pid }, () => out.note('The daemon has stopped.'));
}

/** A daemon of another protocol version understands no call of ours: it gets the signal that it also stops for. */
async function ask(running: Discovery): Promise<void> {
  try {
    const client = await DaemonClient.connect(running);
    await client.call('daemon.stop', {}).finally(() => client.close());
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    if (error.code === 'protocol_mismatch') process.kill(running.pid, 'SIGTERM');
    else if (error.code !== 'daemon_unreachable' || isAlive(running.pid)) throw error;
  }
}
