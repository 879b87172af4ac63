/** Every command: what it is about, and whether it changes something, which only a trusted workspace may. */

export interface CommandFacts {
  /** Row kinds that it works on; null = none, so that the palette offers it. */
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
  'cosmos.job.copyId': { about: 'job', changes: false },
  'cosmos.job.reveal': { about: 'job', changes: false },
  'cosmos.job.dismiss': { about: 'job', changes: false },
  'cosmos.queue.dismissAll': { about: 'group', changes: false },
  'cosmos.queue.more': { about: 'group', changes: false },
  'cosmos.queue.pause': { about: null, changes: true },
  'cosmos.queue.resume': { about: null, changes: true },
  'cosmos.log.open': { about: null, changes: false },
  'cosmos.log.attempts': { about: 'job', changes: false },
  'cosmos.log.firstError': { about: null, changes: false },
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
