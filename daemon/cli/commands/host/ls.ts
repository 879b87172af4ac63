/** `cosmos host ls` lists the hosts and their slots. */
import type { Host } from '../../../../schemas/received.js';
import { inWords } from '../../../../schemas/shown-text.js';
import { ago, dollars, NONE } from '../../output/amounts.js';
import { type Colors, paintHostState } from '../../output/colors.js';
import type { Column } from '../../output/table.js';
import { type Parent, verb } from '../../verb.js';

export function hostLs(host: Parent): void {
  host
    .command('ls', { isDefault: true })
    .description('hosts and their slots')
    .action(
      verb(async (context) => {
        const { out, now } = context;
        const { hosts } = await context.use((daemon) => daemon.call('host.list', {}));
        out.show(hosts, () => out.table(columns(out.colors, now), hosts, 'No hosts.'));
      }),
    );
}

function columns(colors: Colors, now: number): Column<Host>[] {
  return [
    { head: 'HOST', cell: (host) => host.id },
    { head: 'KIND', cell: (host) => inWords(host.kind) },
    { head: 'STATE', cell: (host) => paintHostState(colors, host.state) },
    { head: 'ENGINES', cell: (host) => host.engines.join(' '), atLeast: 12 },
    { head: 'GPU', cell: (host) => (host.gpu === null ? NONE : `${host.gpus} x ${host.gpu}`) },
    { head: 'SLOTS', cell: busySlots },
    { head: 'PRICE/H', cell: (host) => (host.pricePerHour === 0 ? NONE : dollars(host.pricePerHour)), align: 'right' },
    { head: 'SEEN', cell: (host) => ago(host.lastSeen, now) },
    { head: 'REASON', cell: (host) => host.reason, atLeast: 16, wrap: 'words' },
  ];
}

/** Busy slots and all slots, with the names of other people who hold some. */
function busySlots({ slots }: Host): string {
  const busy = slots.filter(({ run, lease }) => run !== null || lease !== null);
  const others = busy.flatMap(({ run, lease }) => (run === null && lease !== null ? [lease.owner] : []));
  const names = others.length === 0 ? '' : ` (${[...new Set(others)].join(', ')})`;
  return `${busy.length} of ${slots.length} busy${names}`;
}
