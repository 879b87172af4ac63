/** What went wrong, in a sentence for a person, and what a button could do about it. */
import { type Failure, WireError } from '../../client/errors.js';

/** What the person can do with one click. */
export type Remedy = 'start' | 'retry' | 'install' | 'settings' | 'token' | 'update' | 'trust' | 'log';

/** Codes are those of schemas/errors.ts, and the few of the extension itself. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: string,
    message: string,
    readonly remedies: readonly Remedy[] = [],
    readonly data: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What helps against a failure of the connection; the daemon's own answers say in words what helps. */
const REMEDIES: Partial<Record<Failure, readonly Remedy[]>> = {
  lost: ['retry'],
  silent: ['retry'],
  nobody: ['retry'],
  stranger: ['settings'],
  token: ['token', 'retry'],
  crowded: ['retry'],
};

/** Any error as a problem; one that nobody foresaw keeps its own words. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof WireError) {
    const { code, failure, message, data } = error;
    const remedies = code === 'protocol_mismatch' ? (['update'] as const) : (REMEDIES[failure] ?? []);
    return new Problem(code, message, remedies, data, { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new Problem('internal', message, ['log'], {}, { cause: error });
}

/** @param file install.json, which is not there. */
export function notSetUp(file: string, cause?: unknown): Problem {
  return new Problem(
    'not_installed',
    'Cosmos Bridge is not set up on this machine yet.',
    ['install'],
    { file },
    { cause },
  );
}
