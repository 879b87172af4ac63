/** `cosmos cost` prints what runs cost, summed by project, host, engine or clip. */
import { type Command, Option } from '@commander-js/extra-typings';
import type { ResultOf } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import { systemClock } from '../../clock.js';
import { withoutUndefined } from '../options/job-options.js';
import { moment } from '../options/numbers.js';
import { dollars, duration } from '../output/amounts.js';
import type { Column } from '../output/table.js';
import { verb } from '../verb.js';

type Entry = ResultOf<'cost.get'>['entries'][number];
const GROUPS = ['project', 'host', 'engine', 'clip'] as const;

export function cost(command: Command): void {
  command
    .addOption(new Option('--by <group>', 'sum up by').choices(GROUPS))
    .option('--since <moment>', '12h, 7d, or a date', (text) => moment(text, systemClock.now()))
    .action(
      verb(async (context, options) => {
        const { out } = context;
        const answer = await context.use((daemon) => daemon.call('cost.get', withoutUndefined(options)));
        out.show(answer, () => {
          out.table(columns(options.by ?? 'project'), answer.entries, 'Nothing was spent.');
          if (answer.entries.length > 0) out.print(['', `Total ${dollars(answer.total)}`]);
          if (answer.note !== '') out.note(answer.note);
        });
      }),
    );
}

function columns(by: string): Column<Entry>[] {
  return [
    {
      head: by === 'engine' ? 'MODEL' : by.toUpperCase(),
      cell: ({ group }) => (by === 'engine' ? modelTitle(group) : group),
      atLeast: 12,
    },
    { head: 'HOST', cell: (entry) => entry.host, atLeast: 8 },
    { head: 'JOBS', cell: (entry) => String(entry.jobs), align: 'right' },
    { head: 'TIME', cell: (entry) => duration(entry.seconds), align: 'right' },
    { head: 'COST', cell: (entry) => dollars(entry.dollars), align: 'right' },
  ];
}
