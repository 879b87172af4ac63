/** What went wrong, in a sentence for the user, and what a button can do about it. */
import { type Failure, WireError } from '../../client/errors.js';

/** What the user can do with one click. */
export type Remedy = 'start' | 'retry' | 'install' | 'settings' | 'token' | 'update' | 'trust' | 'log';

/** The codes of schemas/errors.ts, and a few of the extension. */
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

/** Buttons for each failure of the connection. An answer of the daemon says in words what to do. */
const REMEDIES: Partial<Record<Failure, readonly Remedy[]>> = {
  lost: ['retry'],
  silent: ['retry'],
  nobody: ['retry'],
  stranger: ['settings'],
  token: ['token', 'retry'],
  crowded: ['retry'],
};

/** Turns any error into a problem. An unexpected error keeps its message. */
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

/** @param file path of the missing install.json. */
export function notSetUp(file: string, cause?: unknown): Problem {
  return new Problem(
    'not_installed',
    'Cosmos Bridge is not set up on this machine yet.',
    ['install'],
    { file },
    { cause },
  );
}
