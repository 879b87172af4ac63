/** What is to be sent: rows of the clips view, files or folders of the explorer, or what the user picks. */
import * as l10n from '@vscode/l10n';
import type { Clip } from '../../../schemas/received.js';
import type { Bridge } from '../bridge.js';
import { Problem } from '../problem.js';
import { clipDescription, clipIcon } from '../views/clips/clip-text.js';
import { thingsOf } from './arguments.js';
import { askChoice } from './ask.js';
import { urisOf } from './uris.js';

export interface Target {
  /** In the form that job.submit takes. */
  readonly id: string;
  /** The clip that is sent; null = a spec, named by its path. */
  readonly clip: Clip | null;
}

/** @throws GivenUp, Problem */
export async function sendTargets(bridge: Bridge, args: readonly unknown[]): Promise<Target[]> {
  const uris = urisOf(args);
  if (uris.length > 0) return Promise.all(uris.map((uri) => known(bridge, uri.fsPath)));
  if (args[0] !== undefined) return thingsOf(bridge.store.clips, 'clip', args).map(targetOf);
  return [targetOf(await pick(bridge))];
}

function targetOf(clip: Clip): Target {
  return { id: clip.id, clip };
}

/** A spec is sent by its path. A clip outside the watched folders is first made known to the daemon. */
async function known({ link }: Bridge, file: string): Promise<Target> {
  if (/\.json$/i.test(file)) return { id: file, clip: null };
  const { clip } = await link.call('clip.register', { path: file });
  return targetOf(clip);
}

async function pick({ store }: Bridge): Promise<Clip> {
  const clips = [...store.clips.values()].filter(({ state }) => state === 'ready');
  if (clips.length === 0) {
    throw new Problem('clip_not_ready', l10n.t('No clip is ready. Add the folder that Houdini writes to.'));
  }
  const choices = clips.map((clip) => ({
    icon: clipIcon(clip).id,
    label: clip.name,
    description: clipDescription(clip),
    value: clip,
  }));
  return askChoice(l10n.t('Send a clip'), choices);
}
