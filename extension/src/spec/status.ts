/** Shows whether a spec is checked by the daemon or only by the schema. */
import * as l10n from '@vscode/l10n';
import { Disposable, LanguageStatusSeverity, languages, window } from 'vscode';
import { modelTitle } from '../../../schemas/model-title.js';
import type { Bridge } from '../bridge.js';
import { setLanguageStatus } from '../shown/editor.js';
import type { SpecChecks } from './checks.js';
import { verdict } from './outlook-text.js';
import { isSpec } from './spec-files.js';

/** The item in the status bar while a spec is the active editor. */
export function showStatus({ link }: Pick<Bridge, 'link'>, checks: SpecChecks): Disposable {
  const item = languages.createLanguageStatusItem('cosmos.spec', []);
  item.name = l10n.t('Cosmos spec');
  update();
  return Disposable.from(
    item,
    window.onDidChangeActiveTextEditor(update),
    checks.onDidChange(update),
    new Disposable(link.onState(update)),
  );

  function update(): void {
    const document = window.activeTextEditor?.document;
    const isShown = document !== undefined && isSpec(document);
    item.selector = isShown ? { pattern: document.uri.fsPath, scheme: document.uri.scheme } : [];
    if (!isShown) return;
    const report = checks.latest(document)?.report;
    const away = link.state.kind === 'away';
    setLanguageStatus(item, {
      severity: away ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information,
      text: away
        ? l10n.t('Cosmos: schema only')
        : l10n.t('Cosmos: {0}', report === undefined ? '...' : modelTitle(report.engine)),
      detail: away
        ? l10n.t('The daemon is away: files, lengths and rules are not checked.')
        : report && verdict(report),
      command: away ? { title: l10n.t('Start the Daemon'), command: 'cosmos.daemon.start' } : undefined,
      busy: !away && report === undefined,
    });
  }
}
