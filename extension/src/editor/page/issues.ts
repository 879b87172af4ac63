/** The findings of the check as a list. */
import * as l10n from '@vscode/l10n';
import type { Issue } from '../../../../schemas/received.js';
import { inWords } from '../../../../schemas/shown-text.js';
import type { UnknownName } from '../../../../schemas/unknown-name.js';
import { element } from './dom.js';

/** Worst first. */
const ORDER: readonly Issue['severity'][] = ['error', 'warning', 'info'];

function nameOf(severity: Issue['severity']): string {
  switch (severity) {
    case 'error':
      return l10n.t('Error');
    case 'warning':
      return l10n.t('Warning');
    case 'info':
      return l10n.t('Note');
    default:
      return inWords(severity satisfies UnknownName);
  }
}

export interface IssueEvents {
  readonly reveal: (issue: Issue) => void;
  readonly repair: (issue: Issue, says: string) => void;
}

/** Empty when there are none. */
export function issueList(issues: readonly Issue[], events: IssueEvents): HTMLElement[] {
  if (issues.length === 0) return [];
  const known = ORDER.flatMap((severity) => issues.filter((issue) => issue.severity === severity));
  const sorted = [...known, ...issues.filter((issue) => !known.includes(issue))];
  return [element('ul', { class: 'issues' }, ...sorted.map((issue) => itemOf(issue, events)))];
}

/** It can have the focus, so that a screen reader reads it when the user is taken there. */
function itemOf(issue: Issue, { reveal, repair }: IssueEvents): HTMLElement {
  const { severity, message, fix, offers = [] } = issue;
  const place = element('button', { type: 'button', class: 'link text-only' }, l10n.t('Show in the text'));
  place.addEventListener('click', () => reveal(issue));
  const repairs = offers.map(({ says }) => {
    const button = element('button', { type: 'button', class: 'secondary' }, says.replace(/\.$/, ''));
    button.addEventListener('click', () => repair(issue, says));
    return button;
  });
  const words = fix === undefined ? `${message}. ` : `${message}. ${fix} `;
  const name = element('strong', {}, `${nameOf(severity)}: `);
  return element('li', { class: severity, tabindex: -1 }, name, words, place, ...repairs);
}
