import type { ResultOf } from '../../../../schemas/index.js';
import { DaemonClient } from '../../client.js';
import type { Context } from '../../context.js';
import { findDaemon } from '../../discovery.js';
import { ago } from '../../output/format.js';
import type { Fields } from '../../output/key-values.js';
import { type ExitCode, type Parent, verb } from '../../verb.js';

export function daemonStatus(daemon: Parent): void {
  daemon
    .command('status')
    .description('whether the daemon runs, and what it does; exit 1 when it does not run')
    .action(verb(async (context) => show(context)));
}

async function show({ stateDir, out, now }: Context): Promise<ExitCode> {
  const discovery = await findDaemon(stateDir);
  if (discovery === undefined) {
    out.show({ running: false, stateDir: stateDir.root }, () => {
      out.note(`No daemon is running for ${stateDir.root}. Commands start one by themselves; or: cosmos daemon start`);
    });
    return 1;
  }
  const client = await DaemonClient.connect(discovery);
  const status = await client.call('daemon.status', {}).finally(() => client.close());
  out.show({ running: true, ...status }, () => out.fields(fields(status, now)));
  return 0;
}

function fields(status: ResultOf<'daemon.status'>, now: number): Fields {
  const jobs = Object.entries(status.jobs).filter(([, number]) => number > 0);
  return {
    Daemon: `process ${status.pid}, version ${status.version}`,
    Started: ago(status.startedAt, now),
    'State folder': status.stateDir,
    Address: status.url,
    Queue: status.queue.paused ? `paused  ${status.queue.reason}`.trimEnd() : 'running',
    Jobs: jobs.map(([state, number]) => `${number} ${state}`).join(', ') || 'none',
    Clips: String(status.clips),
  };
}
