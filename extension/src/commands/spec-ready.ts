/** A spec is checked before anything is asked about it: what has errors is told, and neither sent nor tried. */
import * as l10n from '@vscode/l10n';
import { commands, type TextDocument, window } from 'vscode';
import { complain } from '../shown/messages.js';
import type { Checked, SpecChecks } from '../spec/checks.js';
import { errorsText } from '../spec/outlook-text.js';
import { rangeOf } from '../spec/ranges.js';
import { GivenUp } from './ask.js';
import { saved } from './spec-document.js';

/**
 * Saves the spec, as the daemon reads it from the disk, and answers with its check. One with errors is left as it is,
 * and a notification says what the first of them is. @throws GivenUp for one with errors; Problem
 */
export async function readySpec(checks: SpecChecks, document: TextDocument): Promise<Checked> {
  const before = await checks.check(document);
  refuseErrors(before);
  if (!document.isDirty) return before;
  await saved(document);
  const after = await checks.check(document); // a formatter may have changed the text when it was saved
  refuseErrors(after);
  return after;
}

function refuseErrors({ document, report }: Checked): void {
  const told = errorsText(report);
  if (told === undefined) return;
  void tell(document, told); // it stays as long as the person wants, and the command is over
  throw new GivenUp();
}

async function tell(document: TextDocument, { first, says }: NonNullable<ReturnType<typeof errorsText>>) {
  const [show, problems] = [l10n.t('Show'), l10n.t('Problems')];
  const pressed = await complain(says, show, problems);
  if (pressed === problems) await commands.executeCommand('workbench.actions.view.problems');
  if (pressed === show) await window.showTextDocument(document, { selection: rangeOf(first) });
}
