/** Which code each command runs. */
import type { SecretStorage } from 'vscode';
import type { LogTerminals } from '../logs/terminals.js';
import type { QueueView } from '../views/queue/queue-view.js';
import { daemonExplain } from './daemon-explain.js';
import { daemonInstall } from './daemon-install.js';
import { daemonRetry } from './daemon-retry.js';
import { daemonSetToken } from './daemon-set-token.js';
import { daemonSettings } from './daemon-settings.js';
import { daemonShowLog } from './daemon-show-log.js';
import { daemonStart } from './daemon-start.js';
import { daemonUpdate } from './daemon-update.js';
import { jobCancel } from './job-cancel.js';
import { jobClone } from './job-clone.js';
import { jobCopyId } from './job-copy-id.js';
import { jobDismiss } from './job-dismiss.js';
import { jobRelease } from './job-release.js';
import { jobRetry } from './job-retry.js';
import { jobReveal } from './job-reveal.js';
import { jobRunNext } from './job-run-next.js';
import { jobSetPriority } from './job-set-priority.js';
import { jobShowSpec } from './job-show-spec.js';
import { logAttempts } from './log-attempts.js';
import { logFirstError } from './log-first-error.js';
import { logOpen } from './log-open.js';
import { queueDismissAll } from './queue-dismiss-all.js';
import { queueMore } from './queue-more.js';
import { queuePause } from './queue-pause.js';
import { queueResume } from './queue-resume.js';
import type { Handlers } from './register.js';

/** What only some commands need. */
export interface CommandParts {
  readonly queue: QueueView;
  readonly logs: LogTerminals;
  readonly secrets: SecretStorage;
}

export function allCommands({ queue, logs, secrets }: CommandParts): Handlers {
  return {
    'cosmos.job.cancel': jobCancel,
    'cosmos.job.retry': jobRetry,
    'cosmos.job.runNext': jobRunNext,
    'cosmos.job.setPriority': jobSetPriority,
    'cosmos.job.clone': jobClone,
    'cosmos.job.release': jobRelease,
    'cosmos.job.showSpec': jobShowSpec,
    'cosmos.job.copyId': jobCopyId,
    'cosmos.job.reveal': jobReveal(queue),
    'cosmos.job.dismiss': jobDismiss(queue),
    'cosmos.queue.dismissAll': queueDismissAll(queue),
    'cosmos.queue.more': queueMore(queue),
    'cosmos.queue.pause': queuePause,
    'cosmos.queue.resume': queueResume,
    'cosmos.log.open': logOpen(logs),
    'cosmos.log.attempts': logAttempts(logs),
    'cosmos.log.firstError': logFirstError,
    'cosmos.daemon.start': daemonStart,
    'cosmos.daemon.retry': daemonRetry,
    'cosmos.daemon.explain': daemonExplain,
    'cosmos.daemon.install': daemonInstall,
    'cosmos.daemon.settings': daemonSettings,
    'cosmos.daemon.setToken': daemonSetToken(secrets),
    'cosmos.daemon.update': daemonUpdate,
    'cosmos.daemon.showLog': daemonShowLog,
  };
}
