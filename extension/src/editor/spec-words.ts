/** Sentences about a spec file that is being edited. Pure. */
import * as l10n from '@vscode/l10n';
import type { Dialect } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import type { SpecLoss } from '../../../schemas/received.js';
import { inWords } from '../../../schemas/shown-text.js';
import type { UnknownName } from '../../../schemas/unknown-name.js';
import type { Model, Notice } from './form.js';

export const SPEC_MODELS: readonly Model[] = [
  { engine: 'transfer2.5', label: modelTitle('transfer2.5'), selectable: true },
  { engine: 'cosmos3', label: modelTitle('cosmos3'), selectable: true },
];

/** The graver kinds first. */
const KINDS: readonly SpecLoss['kind'][] = ['dropped', 'changed', 'assumed'];

export function sentenceOnly(sentence: string): Notice {
  return { sentence, actions: [] };
}

export function readOnlyNotice(): Notice {
  return sentenceOnly(l10n.t('This text cannot be changed: it is read-only.'));
}

export function translatedNotice(to: Dialect, losses: readonly SpecLoss[]): Notice {
  const name = modelTitle(to);
  if (losses.length === 0) return sentenceOnly(l10n.t('The text is one for {0} now; nothing was lost.', name));
  const sentence = l10n.t('The text is one for {0} now. One undo brings the old one back. Not the same are:', name);
  const known = KINDS.flatMap((kind) => losses.filter((loss) => loss.kind === kind));
  const sorted = [...known, ...losses.filter((loss) => !known.includes(loss))];
  return { sentence, details: sorted.map(sayLoss), actions: [] };
}

function sayLoss({ kind, path, message, fix }: SpecLoss): string {
  const words = `${path.join('.')} (${kindWord(kind)}): ${message}.`;
  return fix === undefined ? words : `${words} ${fix}`;
}

function kindWord(kind: SpecLoss['kind']): string {
  switch (kind) {
    case 'dropped':
      return l10n.t('left out');
    case 'changed':
      return l10n.t('changed');
    case 'assumed':
      return l10n.t('added');
    default:
      return inWords(kind satisfies UnknownName);
  }
}
