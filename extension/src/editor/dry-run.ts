/** Pages that say what would be sent: to read, and not to be asked about when they are closed. */
import * as l10n from '@vscode/l10n';
import { type Disposable, ViewColumn, window, workspace } from 'vscode';
import type { Plan } from '../../../schemas/index.js';
import { documentUri, serveText, unavailable } from '../shown/documents.js';
import { planText } from '../spec/plan-text.js';

const SCHEME = 'cosmos-dry-run';

export class DryRuns {
  /** By the number of the page; they are small, and few. */
  private readonly pages: string[] = [];

  serve(): Disposable {
    return serveText(SCHEME, ({ query }) => {
      const page = this.pages[Number(query)];
      if (page === undefined) throw unavailable(l10n.t('This dry run is of an earlier window. Make another one.'));
      return page;
    });
  }

  /** Beside what is in front. */
  async open(plan: Plan): Promise<void> {
    const number = this.pages.push(planText(plan)) - 1;
    const name = l10n.t('Dry run of {0}.md', plan.name);
    const document = await workspace.openTextDocument(documentUri(SCHEME, '', name, String(number)));
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
  }
}
