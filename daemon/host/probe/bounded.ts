/** A check that always answers in time, also when the host does not. */
import type { HostCheck } from '../../../schemas/index.js';
import { toCosmosError } from '../../errors.js';
import type { Remote } from '../shell/remote.js';
import { errorFound, problem, type Subject } from './catalogue.js';
import type { ProbeContext } from './context.js';

export interface Bound {
  /** What the failure of the whole check is about. */
  readonly subject: Subject;
  readonly seconds: number;
}

/** Never rejects: a check that fails is a finding too. A command that takes too long is ended on the host. */
export async function bounded(
  context: ProbeContext,
  { subject, seconds }: Bound,
  work: (context: ProbeContext) => Promise<HostCheck[]>,
): Promise<HostCheck[]> {
  const late = new AbortController();
  let cancel = () => {};
  const limit = new Promise<HostCheck[]>((resolve) => {
    cancel = context.clock.after(seconds * 1000, () => {
      resolve([problem(subject, 'check_timeout', { seconds })]);
      late.abort(new Error('the check took too long'));
    });
  });
  const answer = work({ ...context, remote: ending(context.remote, late.signal) }).catch((error: unknown) => [
    errorFound(subject, toCosmosError(error), context.config.ssh),
  ]);
  return Promise.race([answer, limit]).finally(() => cancel());
}

/** The same shell, whose commands end with the signal. */
function ending(remote: Remote, signal: AbortSignal): Remote {
  return {
    run: (script, args, options) => remote.run(script, args, { ...options, signal }),
    stream: (script, args, options) => remote.stream(script, args, options),
  };
}
