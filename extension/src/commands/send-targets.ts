/** What is to be sent: rows of the clips view, files or folders of the explorer, or what a person picks. */
import * as l10n from '@vscode/l10n';
import type { Bridge } from '../bridge.js';
import { Problem } from '../problem.js';
import { clipDescription, clipIcon } from '../views/clips/clip-text.js';
import { thingsOf } from './arguments.js';
import { askChoice } from './ask.js';
import { urisOf } from './uris.js';

/** Targets as job.submit takes them. @throws GivenUp, Problem */
export async function sendTargets(bridge: Bridge, args: readonly unknown[]): Promise<string[]> {
  const uris = urisOf(args);
  if (uris.length > 0) return Promise.all(uris.map((uri) => known(bridge, uri.fsPath)));
  if (args[0] !== undefined) return thingsOf(bridge.store.clips, 'clip', args).map(({ id }) => id);
  return [await pick(bridge)];
}

/** A spec goes by its path; a clip outside the watched folders is made known first. */
async function known({ link }: Bridge, file: string): Promise<string> {
  if (/\.json$/i.test(file)) return file;
  const { clip } = await link.call('clip.register', { path: file });
  return clip.id;
}

async function pick({ store }: Bridge): Promise<string> {
  const clips = [...store.clips.values()].filter(({ state }) => state === 'ready');
  if (clips.length === 0) {
    throw new Problem('clip_not_ready', l10n.t('No clip is ready. Add the folder that Houdini writes to.'));
  }
  const choices = clips.map((clip) => ({
    icon: clipIcon(clip).id,
    label: clip.name,
    description: clipDescription(clip),
    value: clip.id,
  }));
  return askChoice(l10n.t('Send a clip'), choices);
}
