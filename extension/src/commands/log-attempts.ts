/** Lets the user choose one attempt of a job, and shows its log. */
import * as l10n from '@vscode/l10n';
import type { Store } from '../../../client/store.js';
import type { Attempt } from '../../../schemas/received.js';
import { endingOf, hostOf, type JobFacts } from '../logs/attempts.js';
import type { LogTerminals } from '../logs/terminals.js';
import { localTime } from '../logs/times.js';
import { type PickItem, pick } from '../shown/questions.js';
import { dotted } from '../views/words.js';
import { askedJob, logOpen, showAttempt } from './log-open.js';
import type { Handler } from './register.js';

export function logAttempts(terminals: LogTerminals): Handler {
  return async (bridge, ...args) => {
    const facts = await askedJob(bridge, args);
    if (facts === undefined) return;
    const attempts = withLogs(facts);
    if (attempts.length < 2) {
      await logOpen(terminals)(bridge, facts.job.id);
      return;
    }
    const items = attempts.toReversed().map((attempt) => item(facts, attempt, bridge.store));
    const placeHolder = l10n.t('Which attempt of {0}?', facts.job.name);
    const picked = await pick(items, { placeHolder });
    if (picked !== undefined) await showAttempt(terminals, facts, picked.value);
  };
}

/** An attempt number may be used twice. Only its last use has a log. */
function withLogs({ attempts }: JobFacts): Attempt[] {
  return attempts.filter(({ number }, at) => attempts.findLastIndex((other) => other.number === number) === at);
}

function item(facts: JobFacts, attempt: Attempt, store: Store): PickItem<Attempt> {
  return {
    label: l10n.t('Attempt {0}', attempt.number),
    description: dotted(hostOf(facts, store, attempt.number), attempt.startedAt && localTime(attempt.startedAt)),
    detail: endingOf(facts, attempt),
    value: attempt,
  };
}
