/** Code lenses: the commands for a spec, above its first line. */
import * as l10n from '@vscode/l10n';
import { type CodeLens, type CodeLensProvider, Range, type TextDocument } from 'vscode';
import { lens } from '../shown/editor.js';
import type { SpecChecks } from './checks.js';
import { JOB_SCHEME } from './job-uri.js';
import { errorsText, verdict } from './outlook-text.js';
import { isSpec } from './spec-files.js';

const FIRST_LINE = new Range(0, 0, 0, 0);

export class SpecLenses implements CodeLensProvider {
  readonly onDidChangeCodeLenses;

  constructor(private readonly checks: SpecChecks) {
    this.onDidChangeCodeLenses = (listener: () => void) => checks.onDidChange(() => listener());
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    if (!isSpec(document)) return [];
    const report = this.checks.latest(document)?.report;
    const errors = report === undefined ? undefined : errorsText(report);
    const found = report === undefined ? l10n.t('Check') : l10n.t('Check: {0}', verdict(report));
    const check = lens(FIRST_LINE, 'check', found, 'cosmos.spec.check', document.uri);
    if (document.uri.scheme === JOB_SCHEME) return [check];
    return [
      check,
      lens(FIRST_LINE, 'list-unordered', l10n.t('Dry run'), 'cosmos.spec.dryRun', document.uri),
      errors === undefined
        ? lens(FIRST_LINE, 'play', l10n.t('Send'), 'cosmos.spec.send', document.uri)
        : lens(FIRST_LINE, 'error', l10n.t('{0} before Send', errors.count), 'cosmos.spec.send', document.uri),
    ];
  }
}
