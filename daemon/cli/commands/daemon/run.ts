/** `cosmos daemon run` runs the daemon in the foreground. */
import { daemonArgs } from '../../install.js';
import { type Parent, verb } from '../../verb.js';

export function daemonRun(daemon: Parent): void {
  daemon
    .command('run', { isDefault: true })
    .description('run the daemon in the foreground; Ctrl-C stops it')
    .action(
      verb(async ({ stateDir, config }) => {
        const { main } = await import('../../../main.js');
        await main(daemonArgs(stateDir, config));
      }),
    );
}
