/** The handler of every method in schemas/protocol.ts. A method without a handler does not compile. */
import type { Handlers } from './call.js';
import { clipHandlers } from './methods/clip.js';
import { daemonHandlers } from './methods/daemon.js';
import { eventHandlers } from './methods/event.js';
import { hostHandlers } from './methods/host.js';
import { jobHandlers } from './methods/job.js';
import { logHandlers } from './methods/log.js';
import { presetHandlers } from './methods/preset.js';
import { queueHandlers } from './methods/queue.js';
import { reportHandlers } from './methods/report.js';
import { resultHandlers } from './methods/result.js';
import { runHandlers } from './methods/run.js';
import { specHandlers } from './methods/spec.js';
import { watchHandlers } from './methods/watch.js';

export const handlers: Handlers = {
  ...daemonHandlers,
  ...clipHandlers,
  ...watchHandlers,
  ...specHandlers,
  ...jobHandlers,
  ...presetHandlers,
  ...queueHandlers,
  ...runHandlers,
  ...hostHandlers,
  ...logHandlers,
  ...resultHandlers,
  ...reportHandlers,
  ...eventHandlers,
};
