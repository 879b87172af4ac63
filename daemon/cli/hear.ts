/** What the daemon tells by itself, read by its schema; a verb that only asks does without these. */
import type { NotificationName, NotificationParams } from '../../schemas/index.js';
import { notifications } from '../../schemas/protocol/notifications.js';
import type { DaemonClient } from './client.js';

/** Calls `handler` for every notification of that name; the returned function takes it back. */
export function hear<N extends NotificationName>(
  daemon: DaemonClient,
  name: N,
  handler: (params: NotificationParams<N>) => void,
): () => void {
  return daemon.on(name, (params) => {
    const parsed = notifications[name].params.safeParse(params);
    if (parsed.success) handler(parsed.data as NotificationParams<N>); // else: of a newer daemon, not for us
  });
}
