/** `cosmos daemon start` starts the daemon in the background. */
import { ensureDaemon } from '../../connect.js';
import { findDaemon } from '../../discovery.js';
import { type Parent, verb } from '../../verb.js';

export function daemonStart(daemon: Parent): void {
  daemon
    .command('start')
    .description('start the daemon in the background')
    .action(
      verb(async (context) => {
        const { out } = context;
        const running = await findDaemon(context.stateDir);
        const { token: _secret, ...shown } = running ?? (await ensureDaemon(context));
        out.show(shown, () => {
          const what = running === undefined ? 'The daemon runs' : 'The daemon was already running';
          out.note(`${what}: process ${shown.pid}, ${shown.http}.`);
        });
      }),
    );
}
