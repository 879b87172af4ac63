/** `cosmos result mark` stores what a person thinks of a result. */
import { Argument } from '@commander-js/extra-typings';
import { ResultMark } from '../../../../schemas/run.js';
import { clipReference } from '../../references.js';
import { type Parent, verb } from '../../verb.js';
import { pickResult } from './pick.js';

export function resultMark(parent: Parent): void {
  parent
    .command('mark')
    .description('judge a result; none takes the mark back')
    .argument('<job>', 'job id, or a clip for its newest result')
    .addArgument(new Argument('<mark>').choices([...ResultMark.options, 'none'] as const))
    .action(
      verb(async (context, reference, word) => {
        const mark = word === 'none' ? null : word;
        const { result } = await context.use(async (daemon) => {
          const { job } = await pickResult(daemon, await clipReference(reference));
          return daemon.call('result.mark', { job, mark });
        });
        context.out.show(result, () => context.out.note(`${result.name}: ${mark ?? 'no mark'}.`));
      }),
    );
}
