/** Which code each command runs. */
import type { Memento, SecretStorage } from 'vscode';
import type { LogTerminals } from '../logs/terminals.js';
import type { SpecChecks } from '../spec/checks.js';
import type { DryRuns } from '../spec/dry-runs.js';
import type { ClipsView } from '../views/clips/clips-view.js';
import type { QueueView } from '../views/queue/queue-view.js';
import { clipCopyPath } from './clip-copy-path.js';
import { clipRevealInOs } from './clip-reveal-in-os.js';
import { clipSend } from './clip-send.js';
import { daemonExplain } from './daemon-explain.js';
import { daemonInstall } from './daemon-install.js';
import { daemonRetry } from './daemon-retry.js';
import { daemonSetToken } from './daemon-set-token.js';
import { daemonSettings } from './daemon-settings.js';
import { daemonShowLog } from './daemon-show-log.js';
import { daemonStart } from './daemon-start.js';
import { daemonUpdate } from './daemon-update.js';
import { hostAdd } from './host-add.js';
import { hostDrain } from './host-drain.js';
import { hostForget } from './host-forget.js';
import { hostLogin } from './host-login.js';
import { hostProbe } from './host-probe.js';
import { hostResume } from './host-resume.js';
import { hostTrust } from './host-trust.js';
import { jobCancel } from './job-cancel.js';
import { jobClone } from './job-clone.js';
import { jobCopyId } from './job-copy-id.js';
import { jobDismiss } from './job-dismiss.js';
import { jobEditSpec } from './job-edit-spec.js';
import { jobRelease } from './job-release.js';
import { jobRetry } from './job-retry.js';
import { jobReveal } from './job-reveal.js';
import { jobRevealClip } from './job-reveal-clip.js';
import { jobRunNext } from './job-run-next.js';
import { jobSetPriority } from './job-set-priority.js';
import { jobShowSpec } from './job-show-spec.js';
import { logAttempts } from './log-attempts.js';
import { logFirstError } from './log-first-error.js';
import { logOpen } from './log-open.js';
import { queueDismissAll } from './queue-dismiss-all.js';
import { queuePause } from './queue-pause.js';
import { queueResume } from './queue-resume.js';
import type { Handlers } from './register.js';
import { resultCopyPath } from './result-copy-path.js';
import { resultMark } from './result-mark.js';
import { resultOpen } from './result-open.js';
import { resultRevealInOs } from './result-reveal-in-os.js';
import { resultShowProvenance } from './result-show-provenance.js';
import { specCheck } from './spec-check.js';
import { specDryRun } from './spec-dry-run.js';
import { specSend } from './spec-send.js';
import { viewMore } from './view-more.js';
import { watchAdd } from './watch-add.js';
import { watchAutoSendOff } from './watch-auto-send-off.js';
import { watchAutoSendOn } from './watch-auto-send-on.js';
import { watchRemove } from './watch-remove.js';

/** Parts that only some commands need. */
export interface CommandParts {
  readonly queue: QueueView;
  readonly clips: ClipsView;
  readonly logs: LogTerminals;
  readonly secrets: SecretStorage;
  readonly memory: Memento;
  readonly checks: SpecChecks;
  readonly dryRuns: DryRuns;
}

export function allCommands({ queue, clips, logs, secrets, memory, checks, dryRuns }: CommandParts): Handlers {
  return {
    'cosmos.job.cancel': jobCancel,
    'cosmos.job.retry': jobRetry,
    'cosmos.job.runNext': jobRunNext,
    'cosmos.job.setPriority': jobSetPriority,
    'cosmos.job.clone': jobClone,
    'cosmos.job.release': jobRelease,
    'cosmos.job.showSpec': jobShowSpec,
    'cosmos.job.editSpec': jobEditSpec,
    'cosmos.job.copyId': jobCopyId,
    'cosmos.spec.check': specCheck(checks),
    'cosmos.spec.dryRun': specDryRun(checks, dryRuns),
    'cosmos.spec.send': specSend(checks),
    'cosmos.job.reveal': jobReveal(queue),
    'cosmos.job.revealClip': jobRevealClip(clips),
    'cosmos.job.dismiss': jobDismiss(queue),
    'cosmos.queue.dismissAll': queueDismissAll(queue),
    'cosmos.view.more': viewMore,
    'cosmos.queue.pause': queuePause,
    'cosmos.queue.resume': queueResume,
    'cosmos.log.open': logOpen(logs),
    'cosmos.log.attempts': logAttempts(logs),
    'cosmos.log.firstError': logFirstError,
    'cosmos.clip.send': clipSend,
    'cosmos.clip.sendSelected': clipSend,
    'cosmos.clip.revealInOs': clipRevealInOs,
    'cosmos.clip.copyPath': clipCopyPath,
    'cosmos.watch.add': watchAdd,
    'cosmos.watch.remove': watchRemove,
    'cosmos.watch.autoSendOn': watchAutoSendOn,
    'cosmos.watch.autoSendOff': watchAutoSendOff,
    'cosmos.host.add': hostAdd,
    'cosmos.host.probe': hostProbe,
    'cosmos.host.trust': hostTrust,
    'cosmos.host.login': hostLogin,
    'cosmos.host.drain': hostDrain,
    'cosmos.host.resume': hostResume,
    'cosmos.host.forget': hostForget,
    'cosmos.result.open': resultOpen,
    'cosmos.result.accept': resultMark('accept'),
    'cosmos.result.reject': resultMark('reject'),
    'cosmos.result.star': resultMark('star'),
    'cosmos.result.unmark': resultMark(null),
    'cosmos.result.revealInOs': resultRevealInOs,
    'cosmos.result.showProvenance': resultShowProvenance,
    'cosmos.result.copyPath': resultCopyPath,
    'cosmos.daemon.start': daemonStart,
    'cosmos.daemon.retry': daemonRetry,
    'cosmos.daemon.explain': daemonExplain,
    'cosmos.daemon.install': daemonInstall(memory),
    'cosmos.daemon.settings': daemonSettings,
    'cosmos.daemon.setToken': daemonSetToken(secrets),
    'cosmos.daemon.update': daemonUpdate,
    'cosmos.daemon.showLog': daemonShowLog,
  };
}
