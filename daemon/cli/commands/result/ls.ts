/** `cosmos result ls` lists the verified videos. */
import type { Result } from '../../../../schemas/received.js';
import { inWords } from '../../../../schemas/shown-text.js';
import { ago, NONE, size } from '../../output/amounts.js';
import type { Colors } from '../../output/colors.js';
import type { Column } from '../../output/table.js';
import { clipReference } from '../../references.js';
import { type Parent, verb } from '../../verb.js';

export function resultLs(parent: Parent): void {
  parent
    .command('ls', { isDefault: true })
    .description('verified videos, newest last')
    .argument('[clip]', 'only of this clip: id, name or path')
    .action(
      verb(async (context, clip) => {
        const { out, now } = context;
        const filter = clip === undefined ? {} : { clip: await clipReference(clip) };
        const { results } = await context.use((daemon) => daemon.call('result.list', filter));
        out.show(results, () => out.table(columns(out.colors, now), results, 'No results yet.'));
      }),
    );
}

function columns(colors: Colors, now: number): Column<Result>[] {
  return [
    { head: 'JOB', cell: (result) => result.job },
    { head: 'NAME', cell: (result) => result.name, atLeast: 12 },
    { head: 'KIND', cell: (result) => (result.preview ? colors.yellow('preview') : 'video') },
    { head: 'FRAMES', cell: (result) => String(result.frames), align: 'right' },
    { head: 'SIZE', cell: (result) => size(result.width, result.height), align: 'right' },
    { head: 'MARK', cell: markOf },
    { head: 'MADE', cell: (result) => ago(result.createdAt, now) },
    { head: 'VIDEO', cell: (result) => result.video, atLeast: 24, wrap: 'anywhere' },
  ];
}

function markOf({ mark, stale }: Result): string {
  return [mark && inWords(mark), stale ? 'stale' : null].filter((word) => word !== null).join(', ') || NONE;
}
