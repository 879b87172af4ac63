/** Shows the log of a job's last attempt: a live one in a terminal, a finished one as a document. */
import * as l10n from '@vscode/l10n';
import { window, workspace } from 'vscode';
import type { Store } from '../../../client/store.js';
import type { Attempt } from '../../../schemas/received.js';
import type { Bridge } from '../bridge.js';
import { findAttempt, type JobFacts } from '../logs/attempts.js';
import { logUri } from '../logs/document-files.js';
import type { LogTerminals } from '../logs/terminals.js';
import { tell } from '../shown/messages.js';
import { pick } from '../shown/questions.js';
import { idsOf } from './arguments.js';
import type { Handler } from './register.js';

export function logOpen(terminals: LogTerminals): Handler {
  return async (bridge, ...args) => {
    const facts = await askedJob(bridge, args);
    if (facts === undefined) return;
    const attempt = findAttempt(facts);
    const { name, state } = facts.job;
    if (attempt !== undefined) await showAttempt(terminals, facts, attempt);
    else void tell(l10n.t('{0} has no log yet: it is {1} and has not run.', name, state));
  };
}

export async function showAttempt(terminals: LogTerminals, { job }: JobFacts, attempt: Attempt): Promise<void> {
  const key = { job: job.id, attempt: attempt.number };
  if (attempt.outcome === null) {
    terminals.reveal({ ...key, name: job.name });
    return;
  }
  const document = await workspace.openTextDocument(logUri(key, job.name));
  await window.showTextDocument(document, { preview: true });
}

/** The job that the arguments name. If they name none, the user is asked. undefined = the user chose none. */
export async function askedJob({ link, store }: Bridge, args: readonly unknown[]): Promise<JobFacts | undefined> {
  const id = idsOf('job', args)[0] ?? (await pickJob(store));
  return id === undefined ? undefined : link.call('job.get', { id });
}

/** Jobs that have run; the one that changed last comes first. */
async function pickJob(store: Store): Promise<string | undefined> {
  const ran = [...store.jobs.values()].filter(({ attempt }) => attempt > 0);
  const sorted = ran.sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  const items = sorted.map(({ id, name, state, reason }) => ({
    label: name,
    description: state,
    detail: reason,
    value: id,
  }));
  const picked = await pick(items, { placeHolder: l10n.t('Log of which job?') });
  return picked?.value;
}
