/** `cosmos houdini install` copies the plugin into the preference folders of Houdini, or updates it there. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CosmosError } from '../../../errors.js';
import { type InstallAction, installPlugin } from '../../../houdini/install.js';
import { PACKAGE_FILE, type PluginFile, readPlugin } from '../../../houdini/plugin-files.js';
import type { Preferences } from '../../../houdini/preferences.js';
import { SUPPORTED, supportOf } from '../../../houdini/versions.js';
import { packageVersion } from '../../../version.js';
import type { Context } from '../../context.js';
import { installFile } from '../../install.js';
import { type ExitCode, type Parent, verb } from '../../verb.js';
import { type FolderFilter, nameOf, preferenceFolders } from './preference-folders.js';

/** Seen from dist/daemon/cli/commands/houdini. */
const BUILT = fileURLToPath(new URL('../../../../houdini/', import.meta.url));

export function houdiniInstall(houdini: Parent): void {
  houdini
    .command('install')
    .description('put the plugin into the preference folder of every Houdini here, or bring it up to date')
    .option('--prefs <folder>', 'this preference folder only')
    .option('--houdini <version>', 'this Houdini only, such as 21.0')
    .option('--from <folder>', 'the built plugin; default: the one of this installation')
    .action(verb(async (context, { from, ...wanted }) => install(context, wanted, path.resolve(from ?? BUILT))));
}

/** After these actions Houdini has to be started again. */
const CHANGES = ['installed', 'upgraded', 'repaired'] as const;

/** What was done in one preference folder. */
interface InstallOutcome extends Preferences {
  readonly action: InstallAction | 'skipped' | 'failed';
  /** Why nothing was installed; else null. */
  readonly reason: string | null;
}

async function install({ out, config }: Context, wanted: FolderFilter, source: string): Promise<ExitCode> {
  const [plugin, folders] = [await readPlugin(source), await preferenceFolders(wanted)];
  const isNamed = wanted.prefs !== undefined || wanted.houdini !== undefined;
  const outcomes: InstallOutcome[] = [];
  for (const folder of folders) outcomes.push(await installInto(folder, plugin, isNamed));
  const actions = new Set(outcomes.map(({ action }) => action));
  out.show({ version: packageVersion(), source, outcomes }, () => {
    for (const outcome of outcomes) out.note(describe(outcome));
    if (CHANGES.some((action) => actions.has(action))) out.note(nextSteps(existsSync(installFile(config))));
  });
  const isThere = actions.has('unchanged') || CHANGES.some((action) => actions.has(action));
  return isThere && !actions.has('failed') ? 0 : 1;
}

async function installInto(
  folder: Preferences,
  plugin: readonly PluginFile[],
  isNamed: boolean,
): Promise<InstallOutcome> {
  const skipped = reasonToSkip(folder, isNamed);
  if (skipped !== undefined) return { ...folder, action: 'skipped', reason: skipped };
  try {
    return { ...folder, action: await installPlugin(folder.folder, plugin, packageVersion()), reason: null };
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    return { ...folder, action: 'failed', reason: error.message };
  }
}

/** A Houdini newer than those the plugin was tested with gets the plugin only when it is named. */
function reasonToSkip({ houdini }: Preferences, isNamed: boolean): string | undefined {
  const support = houdini === null ? 'supported' : supportOf(houdini);
  switch (support) {
    case 'supported':
      return undefined;
    case 'older':
      return `the plugin needs Houdini ${SUPPORTED[0]} or newer`;
    case 'newer':
      return isNamed
        ? undefined
        : `the plugin was not tested with it; to install it anyway: cosmos houdini install --houdini ${houdini}`;
  }
}

function describe(outcome: InstallOutcome): string {
  const where = path.join(outcome.folder, PACKAGE_FILE);
  switch (outcome.action) {
    case 'installed':
    case 'upgraded':
    case 'repaired':
      return `${nameOf(outcome)}: ${outcome.action}, version ${packageVersion()}: ${where} and the folder beside it.`;
    case 'unchanged':
      return `${nameOf(outcome)}: version ${packageVersion()} is there already.`;
    case 'skipped':
      return `${nameOf(outcome)}: left out: ${outcome.reason}.`;
    case 'failed':
      return `${nameOf(outcome)}: not installed: ${outcome.reason}`;
  }
}

function nextSteps(isStartable: boolean): string[] {
  const steps = [
    'Start Houdini again.',
    'Shelf: the + at the end of the shelf tabs > Shelves > Cosmos.',
    'Panel: the + of a pane > New Pane Tab Type > Cosmos.',
    ...(isStartable ? [] : ['So that Houdini can start the daemon: cosmos daemon install']),
  ];
  return ['', 'Next:', ...steps.map((step) => `  ${step}`)];
}
