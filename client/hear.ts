/** What the daemon tells by itself, read by its schema; a client that only asks does without these. */
import type { Event } from '../schemas/event.js';
import { notifications } from '../schemas/protocol/notifications.js';
import type { NotificationName, NotificationParams, ResultOf } from '../schemas/protocol.js';
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

export interface Subscriber {
  /** Comes before the first event. Without a snapshot nothing lies between the caller's `since` and that event. */
  begin(answer: ResultOf<'event.subscribe'>): void;
  event(event: Event): void;
}

/**
 * The state of the daemon, then every event behind it, in order and without a gap.
 * @param since the last event that is known; undefined = the whole state comes first
 * @throws as {@link DaemonClient.call}
 */
export async function subscribe(
  daemon: DaemonClient,
  since: number | undefined,
  subscriber: Subscriber,
): Promise<void> {
  const answer = await daemon.call('event.subscribe', { since });
  subscriber.begin(answer);
  hear(daemon, 'event', (event) => subscriber.event(event)); // in time: see Socket
}
