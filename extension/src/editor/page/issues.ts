/** Findings of the check as a list. */
import * as l10n from '@vscode/l10n';
import type { Issue } from '../../../../schemas/index.js';
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
  }
}

/** Empty when there are none. */
export function issueList(issues: readonly Issue[], reveal: (issue: Issue) => void): HTMLElement[] {
  if (issues.length === 0) return [];
  const sorted = ORDER.flatMap((severity) => issues.filter((issue) => issue.severity === severity));
  return [element('ul', { class: 'issues' }, ...sorted.map((issue) => itemOf(issue, reveal)))];
}

function itemOf(issue: Issue, reveal: (issue: Issue) => void): HTMLElement {
  const { severity, message, fix } = issue;
  const place = element('button', { type: 'button', class: 'link' }, l10n.t('Show in the text'));
  place.addEventListener('click', () => reveal(issue));
  const words = fix === undefined ? `${message}. ` : `${message}. ${fix} `;
  return element('li', { class: severity }, element('strong', {}, `${nameOf(severity)}: `), words, place);
}
