/**
 * Chooses how Cosmos Bridge is set up here: by the program `cosmos`, or by the folder of a clone, for which the user is
 * asked.
 */
import * as l10n from '@vscode/l10n';
import { type Memento, Uri, window, workspace } from 'vscode';
import { GivenUp } from '../commands/ask.js';
import { fileStats } from '../file-stats.js';
import { Problem } from '../problem.js';
import { warn } from '../shown/messages.js';
import { type Clone, chosenClone, cloneAbove, isOfThisPerson, readClone } from './clone.js';
import { onPath, type System } from './programs.js';
import { type Step, stepsOfClone, stepsOfProgram } from './steps.js';

/** Key of the global state: the folder that was used last. */
const REMEMBERED = 'cosmos.clone';

/** @throws Problem no_node, GivenUp if the user closes the question. */
export async function wayToSetUp(memory: Memento, { mustAsk }: { mustAsk: boolean }): Promise<readonly Step[]> {
  const system = thisSystem();
  const cosmos = mustAsk ? undefined : onPath('cosmos', system);
  if (cosmos !== undefined) return stepsOfProgram(cosmos, system);
  const clone = (mustAsk ? undefined : knownClone(memory)) ?? (await askClone());
  await memory.update(REMEMBERED, clone.folder);
  const node = onPath('node', system);
  if (node !== undefined) return stepsOfClone(clone, node);
  const message = l10n.t(
    'No Node.js was found on the PATH of VS Code, and the daemon needs it. Install Node.js 20.19 or newer from nodejs.org, start VS Code anew, and set up again.',
  );
  throw new Problem('no_node', message, ['install']);
}

function thisSystem(): System {
  const isFile = (file: string) => fileStats(file)?.isFile() ?? false;
  return { platform: process.platform, env: process.env, isFile };
}

function knownClone(memory: Memento): Clone | undefined {
  const remembered = memory.get<string>(REMEMBERED);
  const found = remembered === undefined ? undefined : readClone(remembered);
  if (found !== undefined && typeof found !== 'string') return found;
  const open = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const around = open.map(({ uri: { fsPath } }) => cloneAbove(fsPath, (one) => one === fsPath || isOfThisPerson(one)));
  return around.find((clone) => clone !== undefined);
}

async function askClone(): Promise<Clone> {
  let from = workspace.workspaceFolders?.[0]?.uri;
  for (;;) {
    const [chosen] =
      (await window.showOpenDialog({
        title: l10n.t('Folder that Cosmos Bridge was cloned into (package.json and README.md are in it)'),
        openLabel: l10n.t('Set Up'),
        canSelectFolders: true,
        canSelectFiles: false,
        ...(from !== undefined && { defaultUri: from }),
      })) ?? [];
    if (chosen === undefined) throw new GivenUp();
    const found = chosenClone(chosen.fsPath);
    if (typeof found !== 'string') return found;
    const again = l10n.t('Choose Another Folder...');
    if ((await warn(found, again)) !== again) throw new GivenUp();
    from = Uri.file(chosen.fsPath);
  }
}
