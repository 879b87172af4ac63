/**
 * The table of every method and notification between daemon and clients, with a sentence each. Each noun writes its
 * part in protocol/; a name stands in one part only. JSON-RPC 2.0 over WebSocket (`/rpc`), params always by name. The
 * OpenRPC document is generated from here.
 */
import type * as z from 'zod';
import { clipMethods } from './protocol/clip.js';
import { daemonMethods } from './protocol/daemon.js';
import { eventMethods } from './protocol/event.js';
import { hostMethods } from './protocol/host.js';
import { jobMethods } from './protocol/job.js';
import { logMethods } from './protocol/log.js';
import type { MethodTable } from './protocol/method.js';
import { notifications } from './protocol/notifications.js';
import { presetMethods } from './protocol/preset.js';
import { queueMethods } from './protocol/queue.js';
import { resultMethods } from './protocol/result.js';
import { specMethods } from './protocol/spec.js';
import { PROTOCOL_VERSION } from './protocol/version.js';

export const methods = {
  ...daemonMethods,
  ...clipMethods,
  ...specMethods,
  ...jobMethods,
  ...presetMethods,
  ...queueMethods,
  ...hostMethods,
  ...logMethods,
  ...resultMethods,
  ...eventMethods,
} as const satisfies MethodTable;

export { notifications, PROTOCOL_VERSION };

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type Params<M extends MethodName> = z.infer<Methods[M]['params']>;
export type ResultOf<M extends MethodName> = z.infer<Methods[M]['result']>;
export type Notifications = typeof notifications;
export type NotificationName = keyof Notifications;
export type NotificationParams<N extends NotificationName> = z.infer<Notifications[N]['params']>;
