/** `cosmos daemon status` prints whether the daemon runs, and what it does. */
import type { ResultOf } from '../../../../schemas/index.js';
import { inWords } from '../../../../schemas/shown-text.js';
import { connectTo } from '../../client.js';
import type { Context } from '../../context.js';
import { lookForDaemon } from '../../discovery.js';
import { ago } from '../../output/amounts.js';
import type { Fields } from '../../output/key-values.js';
import { silentDaemon } from '../../silent-daemon.js';
import { type ExitCode, type Parent, verb } from '../../verb.js';

export function daemonStatus(daemon: Parent): void {
  daemon
    .command('status')
    .description('whether the daemon runs, and what it does; exit 1 when it does not run or answer')
    .action(verb(async (context) => show(context)));
}

async function show({ stateDir, out, now, clock }: Context): Promise<ExitCode> {
  const presence = await lookForDaemon(stateDir, clock);
  switch (presence.kind) {
    case 'absent':
      out.show({ running: false, stateDir: stateDir.root }, () => {
        const help = 'Commands start one automatically; or: cosmos daemon start';
        out.note(`No daemon is running for ${stateDir.root}. ${help}`);
      });
      return 1;
    case 'starting':
    case 'stopping':
    case 'silent': {
      const { message, data } = silentDaemon(presence, stateDir);
      out.show({ running: true, answers: false, state: presence.kind, ...data, message }, () => out.note(message));
      return 1;
    }
    case 'well': {
      const client = await connectTo(presence.discovery);
      const status = await client.call('daemon.status', {}).finally(() => client.close());
      out.show({ running: true, ...status }, () => out.fields(fields(status, now)));
      return 0;
    }
  }
}

function fields(status: ResultOf<'daemon.status'>, now: number): Fields {
  const jobs = Object.entries(status.jobs).filter(([, number]) => number > 0);
  return {
    Daemon: `process ${status.pid}, version ${status.version}`,
    Started: ago(status.startedAt, now),
    'State folder': status.stateDir,
    Address: status.url,
    Queue: status.queue.paused ? `paused  ${status.queue.reason}`.trimEnd() : 'running',
    Jobs: jobs.map(([state, number]) => `${number} ${inWords(state)}`).join(', ') || 'none',
    Clips: String(status.clips),
  };
}
