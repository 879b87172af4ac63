/** Checks a spec before it is sent or planned. If it has errors, the user sees them and nothing else happens. */
import * as l10n from '@vscode/l10n';
import { commands, type TextDocument, window } from 'vscode';
import { complain } from '../shown/messages.js';
import type { Checked, SpecChecks } from '../spec/checks.js';
import { errorsText } from '../spec/outlook-text.js';
import { rangeOf } from '../spec/ranges.js';
import { GivenUp } from './ask.js';
import { saved } from './spec-document.js';

/**
 * Saves the spec, because the daemon reads it from the disk, and returns its check. If the spec has errors, it is not
 * saved and a notification shows the first error.
 * @throws GivenUp if it has errors; Problem
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
  void tell(document, told); // not awaited: the notification may stay open after the command has ended
  throw new GivenUp();
}

async function tell(document: TextDocument, { first, says }: NonNullable<ReturnType<typeof errorsText>>) {
  const [show, problems] = [l10n.t('Show'), l10n.t('Problems')];
  const pressed = await complain(says, show, problems);
  if (pressed === problems) await commands.executeCommand('workbench.actions.view.problems');
  if (pressed === show) await window.showTextDocument(document, { selection: rangeOf(first) });
}
