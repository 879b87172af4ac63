/** The spec of a job as it was compiled for the model, as a read-only document. */
import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import type { Bridge } from '../bridge.js';
import { serveText } from '../shown/documents.js';

/** Scheme of these documents; the query of the URI is the job's id. */
export const AS_RUN = 'cosmos-as-run';

export function registerAsRun({ link }: Bridge): Disposable {
  return serveText(AS_RUN, async ({ query }) => {
    const { spec } = await link.call('job.get', { id: query });
    return spec ?? `// ${l10n.t('This job has no spec yet: it is not prepared, or its files were cleaned up.')}\n`;
  });
}
