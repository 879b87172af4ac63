/** Sentences about a clip whose form is open. Pure. */
import * as l10n from '@vscode/l10n';
import type { Clip } from '../../../schemas/received.js';
import { clipDescription } from '../views/clips/clip-text.js';
import type { TextField } from './form.js';
import type { OwnPrompt } from './planned.js';

/** "12 frames · 320×180 · color, depth"; for a clip that is not ready, the reason. */
export function clipLead(clip: Clip): string {
  return clipDescription(clip);
}

/** @param refusal why the daemon refuses it, in the daemon's words. */
export function notReadyWords(refusal: string): string {
  return l10n.t('{0} It can be sent as soon as it is ready.', refusal);
}

interface Prompts {
  readonly own: OwnPrompt | null;
  /** undefined = never sent from this window. */
  readonly last: string | undefined;
  /** The prompt that the user typed, here or for the last send; undefined = the clip's own prompt is used. */
  readonly chosen: string | undefined;
}

/**
 * If the user's prompt and the clip's own differ, a line below the field says so and offers the other; null = they do
 * not differ.
 */
export function promptNote({ own, last, chosen }: Prompts): Pick<TextField, 'note' | 'action'> | null {
  if (own === null) return null;
  if (chosen === undefined) {
    if (last === undefined || last.trim() === own.prompt) return null;
    const note = l10n.t('The prompt is that of {0}. It was last sent with another: "{1}"', placeOf(own), last);
    return { note, action: { action: 'lastPrompt', label: l10n.t('Use the Last One') } };
  }
  if (chosen.trim() === own.prompt) return null;
  const note = l10n.t('Your prompt is used instead of that of {0}: "{1}"', placeOf(own), own.prompt);
  return { note, action: { action: 'ownPrompt', label: l10n.t('Use That One') } };
}

function placeOf({ source }: OwnPrompt): string {
  switch (source) {
    case 'spec':
      return l10n.t('the spec beside the clip');
    case 'manifest':
      return l10n.t('the scene');
    case 'prompt.txt':
      return 'prompt.txt';
  }
}
