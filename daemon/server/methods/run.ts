/** Handlers of the `run` methods. */
import type { HandlersOf } from '../call.js';
import { findRun } from '../lookup.js';

export const runHandlers: HandlersOf<'run'> = {
  'run.list': ({ limit }, { services: { runs } }) => ({ runs: runs.list(limit) }),
  'run.get': ({ id }, { services }) => ({ run: findRun(services, id), attempts: services.runs.attempts(id) }),
};
