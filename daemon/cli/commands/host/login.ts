/** `cosmos host login` logs in to hosts that ask for a password or a code. */
import type { DaemonClient } from '../../../../client/daemon-client.js';
import type { ResultOf } from '../../../../schemas/index.js';
import { CosmosError, toCosmosError } from '../../../errors.js';
import { canAsk } from '../../ask.js';
import { type Parent, verb } from '../../verb.js';
import { answering } from './answering.js';
import { remove } from './walk-through.js';

export function hostLogin(host: Parent): void {
  host
    .command('login')
    .description('log in to a host that asks for a password or a code; the connection stays open until it is lost')
    .argument('<host>', 'name of the host')
    .action(
      verb(async (context, name) => {
        if (!canAsk())
          throw new CosmosError('usage', 'A person has to answer what the host asks: run this in a terminal.');
        const { host: found } = await context.use((daemon) =>
          answering(daemon, context.out, () => login(daemon, name)),
        );
        context.out.show(found, () => {
          context.out.note(`Logged in to ${found.id}; jobs can use it until the connection is lost.`);
        });
      }),
    );
}

/** Tries again as long as the person removes what prevented the login (an untrusted key, a locked key). */
async function login(daemon: DaemonClient, host: string): Promise<ResultOf<'host.login'>> {
  for (;;) {
    try {
      return await daemon.call('host.login', { host });
    } catch (thrown) {
      const error = toCosmosError(thrown);
      if (!(await remove(error, daemon))) throw error;
    }
  }
}
