/** Read-only pages that show what would be sent. They can be closed without a question. */
import * as l10n from '@vscode/l10n';
import { type Disposable, ViewColumn, window, workspace } from 'vscode';
import type { Plan } from '../../../schemas/received.js';
import { documentUri, serveText, unavailable } from '../shown/documents.js';
import { planText } from './plan-text.js';

const SCHEME = 'cosmos-dry-run';

export class DryRuns {
  /** Texts by page number. They are small and few. */
  private readonly pages: string[] = [];

  serve(): Disposable {
    return serveText(SCHEME, ({ query }) => {
      const page = this.pages[Number(query)];
      if (page === undefined) throw unavailable(l10n.t('This dry run is of an earlier window. Make another one.'));
      return page;
    });
  }

  /** Opens beside the active editor. A spec with several samples has several plans. */
  async open(plans: readonly Plan[]): Promise<void> {
    const number = this.pages.push(plans.map(planText).join('\n')) - 1;
    const name = l10n.t('Dry run of {0}.md', plans[0]?.name ?? '');
    const document = await workspace.openTextDocument(documentUri(SCHEME, '', name, String(number)));
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
  }
}
