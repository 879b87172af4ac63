/** `cosmos report` prints what happened in a period: jobs, successes, times and cost. */
import type { Command } from '@commander-js/extra-typings';
import type { ResultOf } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import { inWords } from '../../../schemas/shown-text.js';
import { systemClock } from '../../clock.js';
import { moment } from '../options/numbers.js';
import { count, date, duration, NONE, percent } from '../output/amounts.js';
import type { Fields } from '../output/key-values.js';
import { verb } from '../verb.js';

type Report = ResultOf<'report.get'>;

export function report(command: Command): void {
  command
    .option('--since <moment>', '12h, 7d, or a date', (text) => moment(text, systemClock.now()))
    .action(
      verb(async (context, { since }) => {
        const { out } = context;
        const answer = await context.use((daemon) => daemon.call('report.get', since === undefined ? {} : { since }));
        out.show(answer, () => out.fields(fields(answer)));
      }),
    );
}

function fields(report: Report): Fields {
  const states = Object.entries(report.jobs).filter(([, number]) => number > 0);
  return {
    Since: date(report.since),
    Jobs: states.map(([state, number]) => `${number} ${inWords(state)}`).join(', ') || 'none',
    Success: report.successRate === null ? NONE : percent(report.successRate),
    'Typical job': duration(report.medianSeconds),
    'Busy for': duration(report.busySeconds),
    Models: Object.entries(report.byEngine).map(
      ([engine, { jobs, frames, seconds }]) =>
        `${modelTitle(engine)}: ${count(jobs, 'job')}, ${count(frames, 'frame')} in ${duration(seconds)}`,
    ),
    Failures: report.failures.map(({ code, count: times, example }) => `${times} x ${code}: ${example}`),
  };
}
