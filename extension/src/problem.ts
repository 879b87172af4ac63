/** What went wrong, in a sentence for the user, and what a button can do about it. */

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

/** Turns any error into a problem. An unexpected error keeps its message. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
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
