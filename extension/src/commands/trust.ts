/** Refuses what an untrusted workspace may not do. */
import * as l10n from '@vscode/l10n';
import { Problem } from '../problem.js';
import type { CommandFacts } from './table.js';

/**
 * The buttons are disabled there already, but a key binding or another extension can still call the command.
 * @throws Problem untrusted
 */
export function requireTrust({ changes }: Pick<CommandFacts, 'changes'>, isTrusted: boolean): void {
  if (!changes || isTrusted) return;
  const message = l10n.t('This workspace is not trusted: the queue can be read here, and nothing be changed.');
  throw new Problem('untrusted', message, ['trust']);
}
