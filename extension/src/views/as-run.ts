/** The spec of a job as it was compiled for the model: a document to read. */
import * as l10n from '@vscode/l10n';
import { type Disposable, workspace } from 'vscode';
import type { Bridge } from '../bridge.js';

/** Scheme of these documents; the query of the URI is the job's id. */
export const AS_RUN = 'cosmos-as-run';

export function registerAsRun({ link }: Bridge): Disposable {
  return workspace.registerTextDocumentContentProvider(AS_RUN, {
    async provideTextDocumentContent({ query }) {
      const { spec } = await link.call('job.get', { id: query });
      return spec ?? `// ${l10n.t('This job has no spec yet: it is not prepared, or its files were cleaned up.')}\n`;
    },
  });
}
