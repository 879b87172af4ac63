/** `cosmos houdini uninstall` removes exactly what the installation wrote. */
import { CosmosError } from '../../../errors.js';
import type { Preferences } from '../../../houdini/preferences.js';
import { type Uninstalled, uninstallPlugin } from '../../../houdini/uninstall.js';
import type { Context } from '../../context.js';
import { count } from '../../output/amounts.js';
import { type ExitCode, type Parent, verb } from '../../verb.js';
import { type FolderFilter, nameOf, preferenceFolders } from './preference-folders.js';

export function houdiniUninstall(houdini: Parent): void {
  houdini
    .command('uninstall')
    .description('take away exactly what "install" wrote; what you changed stays')
    .option('--prefs <folder>', 'this preference folder only')
    .option('--houdini <version>', 'this Houdini only, such as 21.0')
    .action(verb(async (context, wanted) => uninstall(context, wanted)));
}

/** What was done in one preference folder. */
interface UninstallOutcome extends Preferences, Uninstalled {
  /** Why it failed; else null. */
  readonly reason: string | null;
}

async function uninstall({ out }: Context, wanted: FolderFilter): Promise<ExitCode> {
  const outcomes: UninstallOutcome[] = [];
  for (const folder of await preferenceFolders(wanted)) outcomes.push(...(await uninstallFrom(folder)));
  out.show({ outcomes }, () => {
    if (outcomes.length === 0) out.note('Nothing that "cosmos houdini install" wrote is there.');
    for (const outcome of outcomes) out.note(describe(outcome));
  });
  return outcomes.every(({ reason }) => reason === null) ? 0 : 1;
}

async function uninstallFrom(folder: Preferences): Promise<UninstallOutcome[]> {
  try {
    const done = await uninstallPlugin(folder.folder);
    return done === undefined ? [] : [{ ...folder, ...done, reason: null }];
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    return [{ ...folder, removed: 0, kept: [], reason: error.message }];
  }
}

function describe(outcome: UninstallOutcome): string[] {
  if (outcome.reason !== null) return [`${nameOf(outcome)}: not removed: ${outcome.reason}`];
  const kept = outcome.kept.map((file) => `  kept, because it was changed: ${file}`);
  return [`${nameOf(outcome)}: removed, ${count(outcome.removed, 'file')}.`, ...kept];
}
