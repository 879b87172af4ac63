/** Sentences beside the send button, and the question before sending. Pure. */
import * as l10n from '@vscode/l10n';
import { modelTitle } from '../../../schemas/model-title.js';
import type { CheckReport, EngineName, Job, Plan } from '../../../schemas/received.js';
import { dearest } from '../commands/send-fit.js';
import { sendQuestion } from '../commands/send-question.js';
import type { Question } from '../shown/messages.js';
import { stateTitle } from '../views/queue/job-text.js';
import { dollars, duration } from '../views/words.js';
import { canRun, type HostFacts } from './choices.js';
import type { Action, Notice, Send } from './form.js';

export interface SendFacts {
  readonly isTrusted: boolean;
  /** Why the source cannot be sent now, for example a clip that is not ready; empty = it can. */
  readonly refused: string;
  readonly prompt: string;
  readonly report: CheckReport | null;
  readonly hosts: readonly HostFacts[];
  readonly engine: EngineName;
  readonly host: string | null;
}

export function sendState(label: string, facts: SendFacts): Send {
  const { blocked, leadsTo } = blockedBy(facts);
  return { label, blocked, leadsTo, said: blocked === '' ? priceWords(facts) : '' };
}

function blockedBy(facts: SendFacts): Pick<Send, 'blocked' | 'leadsTo'> {
  const { isTrusted, refused, prompt, report, hosts, engine } = facts;
  const because = (blocked: string, leadsTo: Send['leadsTo'] = null) => ({ blocked, leadsTo });
  if (!isTrusted) return because(l10n.t('This workspace is not trusted: nothing can be sent from it.'));
  if (prompt.trim() === '') return because(l10n.t('Write a prompt: it says what the video shows.'), 'prompt');
  if (refused !== '') return because(refused);
  if (report === null) return because(l10n.t('It is being checked...'));
  if (!report.ok) return because(errorWords(report), 'error');
  if (hosts.length > 0 && !canRun(hosts, engine)) {
    return because(l10n.t('No host here can run {0}: choose another model, or add a host.', modelTitle(engine)));
  }
  return because('');
}

/** "2 errors: the weight of edge is 3, at most 1. The form shows where." */
function errorWords({ issues }: CheckReport): string {
  const errors = issues.filter(({ severity }) => severity === 'error');
  const first = errors[0]?.message ?? '';
  return errors.length === 1 ? l10n.t('1 error: {0}.', first) : l10n.t('{0} errors, first: {1}.', errors.length, first);
}

function priceWords({ hosts, engine, host }: SendFacts): string {
  const price = dearest(hosts, engine, host);
  return price > 0 ? l10n.t('Costs money ({0} an hour): you are asked before it is sent.', dollars(price)) : '';
}

/** What the user must confirm; null = it is free of charge, and the prompt is no template. */
export function questionFor(plan: Plan, pricePerHour: number): (Question & { readonly yes: string }) | null {
  const isTemplate = plan.promptSource === 'template' && (plan.wouldHold !== null || pricePerHour > 0);
  const template = isTemplate ? [l10n.t('Its prompt is a template that was not edited: "{0}"', plan.prompt)] : [];
  const yes = isTemplate ? l10n.t('Send with This Prompt') : l10n.t('Send');
  if (pricePerHour > 0) {
    const { message, details } = sendQuestion([plan], pricePerHour);
    return { message, details: [...template, ...details], yes };
  }
  return isTemplate
    ? { message: l10n.t('Send {0} with a template as its prompt?', plan.name), details: template, yes }
    : null;
}

/** The state of the job that was sent last. */
export function sentNotice(job: Job | undefined, label: string): Notice | null {
  if (job === undefined) return null;
  const actions: Notice['actions'] = [
    ...(job.output === null ? [] : [{ action: 'openResult', label: l10n.t('Open Video') } as const]),
    ...(job.attempt === 0 ? [] : [{ action: 'openLog', label: l10n.t('Open Its Log') } as const]),
    { action: 'reveal' satisfies Action, label: l10n.t('See It in the Queue') },
  ];
  return { sentence: l10n.t('Sent as {0}: {1}.', label, fateOf(job)), actions };
}

/** "running", "done, it took 8s", "failed: the host is gone". */
function fateOf(job: Job): string {
  const { state, error, reason } = job;
  const title = stateTitle(state);
  const why = (error?.message ?? reason).replace(/\.$/, '');
  if (state === 'succeeded') return lasted(job) === null ? title : l10n.t('{0}, it took {1}', title, lasted(job) ?? '');
  return ['failed', 'refused', 'held'].includes(state) && why !== '' ? `${title}: ${why}` : title;
}

/** Time from its start to its end; null = not known. */
export function lasted({ startedAt, endedAt }: Job): string | null {
  if (startedAt === null || endedAt === null) return null;
  return duration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
}
