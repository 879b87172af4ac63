/** The cells that run with every suite: one for each way in which the daemon has to find out what happened. */
export const EVERYDAY: readonly string[] = [
  'daemon killed at staged.started.spawned',
  'daemon killed at collecting.collected.after',
  'SSH cut at running.finished.before',
  'SSH cut while files travel',
  'dockerd restarted without live-restore at staged.started.after',
  'container killed from outside at staged.started.spawned',
  'host rebooted at staged.started.before',
  'laptop asleep for an hour that its monotonic clock counts until the run is over, its connections dead',
  'disk of the host full at staging.staged.before',
  'disk of this machine full at queued.claimed.before',
];
