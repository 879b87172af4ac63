/** `cosmos result open` opens a video in the system's player. */
import { existsSync } from 'node:fs';
import { CosmosError } from '../../../errors.js';
import { ProcessError, runProcess } from '../../../process.js';
import { clipReference } from '../../references.js';
import { type Parent, verb } from '../../verb.js';
import { pickResult } from './pick.js';

export function resultOpen(parent: Parent): void {
  parent
    .command('open')
    .description("open a video in the system's player")
    .argument('<job>', 'job id, or a clip for its newest result')
    .option('--print', 'only print the path')
    .action(
      verb(async (context, reference, { print }) => {
        const { out } = context;
        const wanted = await clipReference(reference);
        const result = await context.use((daemon) => pickResult(daemon, wanted));
        if (!print) await openFile(result.video);
        out.show(result, () => out.print(result.video));
      }),
    );
}

async function openFile(file: string): Promise<void> {
  if (!existsSync(file)) throw new CosmosError('not_found', `${file} is gone; it was moved or deleted.`, { near: [] });
  const [viewer, ...args] = viewerOf(process.platform);
  try {
    await runProcess(viewer, [...args, file], { purpose: 'viewer' });
  } catch (error) {
    if (!(error instanceof ProcessError)) throw error;
    const message = `${viewer} could not open ${file}; open it yourself, or use --print for the path.`;
    throw new CosmosError('internal', message, {}, { cause: error });
  }
}

/** The command that opens a file with the user's program for its type. */
function viewerOf(platform: NodeJS.Platform): [string, ...string[]] {
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      // "start" is a word of cmd.exe, which would read & and % in the path; explorer.exe answers 1 even when it worked.
      return ['rundll32.exe', 'url.dll,FileProtocolHandler'];
    default:
      return ['xdg-open'];
  }
}
