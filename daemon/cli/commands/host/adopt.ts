/** `cosmos host adopt` rebuilds jobs from the run folders on a host and fetches their results. */
import type { AdoptedRun } from '../../../../schemas/received.js';
import { inWords } from '../../../../schemas/shown-text.js';
import { count, NONE } from '../../output/amounts.js';
import type { Column } from '../../output/table.js';
import { type Parent, verb } from '../../verb.js';

export function hostAdopt(parent: Parent): void {
  parent
    .command('adopt')
    .description('rebuild jobs from the run folders on a host and fetch their results, on a new machine')
    .argument('<host>', 'name of the host')
    .option('--owner <owner>', 'whose runs, as `host adopt` lists them (default: your own on this machine)')
    .action(
      verb(async (context, name, { owner }) => {
        const { out } = context;
        const asked = owner === undefined ? { host: name } : { host: name, owner };
        const { runs } = await context.use((daemon) => daemon.call('host.adopt', asked));
        out.show(runs, () => {
          out.table(COLUMNS, runs, `No runs lie on ${name}.`);
          const jobs = runs.flatMap((run) => run.jobs);
          if (jobs.length > 0) out.note(`${count(jobs.length, 'job')} adopted; \`cosmos queue\` shows how they go on.`);
        });
      }),
    );
}

const COLUMNS: Column<AdoptedRun>[] = [
  { head: 'RUN', cell: ({ run }) => run },
  { head: 'OWNER', cell: ({ owner }) => owner ?? NONE },
  { head: 'STATE', cell: ({ state }) => inWords(state) },
  { head: 'JOBS', cell: ({ jobs }) => jobs.map((job) => `${job.id} ${inWords(job.state)}`).join(', ') || NONE },
  { head: 'REASON', cell: ({ reason }) => reason, atLeast: 16, wrap: 'words' },
];
