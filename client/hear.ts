/** What the daemon tells by itself, read by its schema; a client that only asks does without these. */

import { notifications } from '../schemas/protocol/notifications.js';
import type { NotificationName, NotificationParams } from '../schemas/protocol.js';
import type { Event } from '../schemas/received.js';
import type { DaemonClient } from './daemon-client.js';

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

/** Calls `handler` for every notification that this version knows. */
export function hearAll(
  daemon: DaemonClient,
  handler: <N extends NotificationName>(name: N, params: NotificationParams<N>) => void,
): void {
  for (const name of Object.keys(notifications) as NotificationName[]) {
    hear(daemon, name, (params) => handler(name, params));
  }
}

/**
 * Calls `handler` for every event behind the answer, in order and without a gap; `since` is the last one that is known,
 * undefined = the whole state comes in the answer. @throws as {@link DaemonClient.call}
 */
export async function subscribe(daemon: DaemonClient, since: number | undefined, handler: (event: Event) => void) {
  const answer = await daemon.call('event.subscribe', { since });
  hear(daemon, 'event', handler); // not too late: the next message comes a tick later (Socket)
  return answer;
}
