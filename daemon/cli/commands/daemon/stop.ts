/** `cosmos daemon stop` stops the daemon; runs continue on their hosts. */
import { isAlive } from '../../../../client/discovery.js';
import type { Discovery } from '../../../../schemas/index.js';
import { CosmosError } from '../../../errors.js';
import { askYesNo, canAsk } from '../../ask.js';
import { connectTo } from '../../client.js';
import { presenceOf } from '../../connect.js';
import type { Context } from '../../context.js';
import { goneBy } from '../../discovery.js';
import { endDaemon } from '../../end-daemon.js';
import { silentDaemon, silentWords } from '../../silent-daemon.js';
import { type Parent, verb } from '../../verb.js';

/** Milliseconds that a daemon may take to stop in order. */
const STOP_TIMEOUT = 30_000;

export function daemonStop(daemon: Parent): void {
  daemon
    .command('stop')
    .description('stop the daemon; runs continue and are picked up at the next start')
    .option('--force', 'end its process when it does not answer')
    .action(verb(async (context, { force }) => stop(context, force ?? false)));
}

/** Returns only when no daemon holds the state folder any more. */
async function stop(context: Context, force: boolean): Promise<void> {
  const { stateDir, clock } = context;
  const presence = await presenceOf(stateDir, clock, STOP_TIMEOUT);
  switch (presence.kind) {
    case 'absent':
      return none(context);
    case 'well':
      return await stopWell(context, presence.discovery, force);
    case 'starting':
    case 'stopping':
    case 'silent': {
      if (!force && !canAsk()) throw silentDaemon(presence, stateDir);
      const question = `${silentWords(presence, stateDir)} End it? What runs on hosts goes on.`;
      if (!force && !(await askYesNo(question))) throw silentDaemon(presence, stateDir);
      return await end(context);
    }
  }
}

function none({ stateDir, out }: Context): void {
  out.show({ stopped: false, stateDir: stateDir.root }, () => {
    out.note(`No daemon is running for ${stateDir.root}.`);
  });
}

async function stopWell(context: Context, running: Discovery, force: boolean): Promise<void> {
  const { stateDir, clock } = context;
  try {
    await ask(running);
  } catch (error) {
    if (!force || !(error instanceof CosmosError)) throw error;
    return await end(context);
  }
  if (await goneBy(running.pid, clock, STOP_TIMEOUT)) return stopped(context, running.pid, 'The daemon has stopped.');
  if (force) return await end(context);
  const message = `The daemon (process ${running.pid}) has not ended yet; see ${stateDir.daemonLog}, or end it with: cosmos daemon stop --force`;
  throw new CosmosError('wrong_state', message, { pid: running.pid });
}

/**
 * A daemon of another protocol version does not understand our calls, so it gets SIGTERM, for which it stops as well.
 */
async function ask(running: Discovery): Promise<void> {
  try {
    const client = await connectTo(running);
    await client.call('daemon.stop', {}).finally(() => client.close());
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    if (error.code === 'protocol_mismatch') process.kill(running.pid, 'SIGTERM');
    else if (error.code !== 'daemon_unreachable' || isAlive(running.pid)) throw error;
  }
}

async function end(context: Context): Promise<void> {
  const ended = await endDaemon(context.stateDir, context.clock);
  if (ended === undefined) return none(context);
  const { pid, signal } = ended;
  stopped(context, pid, `The daemon (process ${pid}) was ended by ${signal}. What runs on hosts goes on.`);
}

function stopped({ stateDir, out }: Context, pid: number, words: string): void {
  out.show({ stopped: true, stateDir: stateDir.root, pid }, () => out.note(words));
}
