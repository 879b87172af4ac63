/** Every command: the kind of row it works on, and whether it changes something, which needs a trusted workspace. */

export interface CommandFacts {
  /** Kinds of rows that it works on; null = none, so the command palette offers it. */
  readonly about: 'job' | 'group' | 'clip' | 'watch' | 'host' | 'result' | null;
  readonly changes: boolean;
}

export const commandTable = {
  'cosmos.job.cancel': { about: 'job', changes: true },
  'cosmos.job.retry': { about: 'job', changes: true },
  'cosmos.job.runNext': { about: 'job', changes: true },
  'cosmos.job.setPriority': { about: 'job', changes: true },
  'cosmos.job.clone': { about: 'job', changes: true },
  'cosmos.job.release': { about: 'job', changes: true },
  'cosmos.job.showSpec': { about: 'job', changes: false },
  'cosmos.job.editSpec': { about: 'job', changes: true },
  'cosmos.job.copyId': { about: 'job', changes: false },
  'cosmos.job.reveal': { about: 'job', changes: false },
  'cosmos.job.revealClip': { about: 'job', changes: false },
  'cosmos.job.dismiss': { about: 'job', changes: false },
  'cosmos.spec.check': { about: null, changes: false },
  'cosmos.spec.dryRun': { about: null, changes: false },
  'cosmos.spec.send': { about: null, changes: true },
  'cosmos.queue.dismissAll': { about: 'group', changes: false },
  'cosmos.view.more': { about: 'group', changes: false },
  'cosmos.queue.pause': { about: null, changes: true },
  'cosmos.queue.resume': { about: null, changes: true },
  'cosmos.log.open': { about: null, changes: false },
  'cosmos.log.attempts': { about: 'job', changes: false },
  'cosmos.log.firstError': { about: null, changes: false },
  'cosmos.clip.send': { about: null, changes: true },
  'cosmos.clip.sendSelected': { about: 'clip', changes: true },
  'cosmos.clip.revealInOs': { about: 'clip', changes: false },
  'cosmos.clip.copyPath': { about: 'clip', changes: false },
  'cosmos.watch.add': { about: null, changes: true },
  'cosmos.watch.remove': { about: 'watch', changes: true },
  'cosmos.watch.autoSendOn': { about: 'watch', changes: true },
  'cosmos.watch.autoSendOff': { about: 'watch', changes: true },
  'cosmos.host.add': { about: null, changes: true },
  'cosmos.host.probe': { about: 'host', changes: true },
  'cosmos.host.trust': { about: 'host', changes: true },
  'cosmos.host.login': { about: 'host', changes: true },
  'cosmos.host.drain': { about: 'host', changes: true },
  'cosmos.host.resume': { about: 'host', changes: true },
  'cosmos.host.forget': { about: 'host', changes: true },
  'cosmos.result.open': { about: 'result', changes: false },
  'cosmos.result.accept': { about: 'result', changes: true },
  'cosmos.result.reject': { about: 'result', changes: true },
  'cosmos.result.star': { about: 'result', changes: true },
  'cosmos.result.unmark': { about: 'result', changes: true },
  'cosmos.result.revealInOs': { about: 'result', changes: false },
  'cosmos.result.showProvenance': { about: 'result', changes: false },
  'cosmos.result.copyPath': { about: 'result', changes: false },
  'cosmos.daemon.start': { about: null, changes: true },
  'cosmos.daemon.retry': { about: null, changes: false },
  'cosmos.daemon.explain': { about: null, changes: false },
  'cosmos.daemon.install': { about: null, changes: true },
  'cosmos.daemon.settings': { about: null, changes: false },
  'cosmos.daemon.setToken': { about: null, changes: true },
  'cosmos.daemon.update': { about: null, changes: false },
  'cosmos.daemon.showLog': { about: null, changes: false },
} as const satisfies Record<string, CommandFacts>;

export type CommandId = keyof typeof commandTable;
export const commandIds = Object.keys(commandTable) as CommandId[];
