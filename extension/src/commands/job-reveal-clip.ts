/** Shows the clip that a job or a result was made of. */
import * as l10n from '@vscode/l10n';
import { Problem } from '../problem.js';
import type { ClipsView } from '../views/clips/clips-view.js';
import { first, idsOf } from './arguments.js';
import type { Handler } from './register.js';

/** Shows the clip that a job or result was made from. */
export function jobRevealClip(clips: ClipsView): Handler {
  return async ({ store }, ...args) => {
    const id = first(idsOf('job', args));
    const clip = store.jobs.get(id)?.clip ?? store.results.get(id)?.clip ?? null;
    if (clip === null || !store.clips.has(clip)) {
      throw new Problem('not_found', l10n.t('Its clip is not known any more: the folder is not watched.'));
    }
    await clips.reveal(clip);
  };
}
