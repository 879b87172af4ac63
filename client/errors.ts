/** What goes wrong between a client and a daemon. A client switches on the code; people read the message. */
import type * as z from 'zod';
import type { ErrorCode } from '../schemas/errors.js';

/** Where it went wrong, and the code where the daemon itself gave none. */
const CODES = {
  /** The daemon answered a call with an error; code and data are the daemon's. */
  answer: 'internal',
  /** A connection that stood is gone. */
  lost: 'daemon_unreachable',
  /** A daemon is there and does not answer. */
  silent: 'daemon_silent',
  /** Nothing accepts a connection at the address. */
  nobody: 'daemon_unreachable',
  /** What answers at the address is no daemon. */
  stranger: 'daemon_unreachable',
  token: 'unauthorized',
  /** The daemon has as many clients as it takes. */
  crowded: 'too_many',
  /** An answer does not have the shape that the protocol table says. */
  shape: 'protocol_mismatch',
} as const satisfies Record<string, ErrorCode>;

export type Failure = keyof typeof CODES;

type Data = Readonly<Record<string, z.core.util.JSONType>>;

export class WireError extends Error {
  override readonly name = 'WireError';

  constructor(
    readonly failure: Failure,
    message: string,
    readonly data: Data = {},
    options?: ErrorOptions,
    /** As the daemon sent it; one of a newer daemon may not be in schemas/errors.ts. */
    readonly code: string = CODES[failure],
  ) {
    super(message, options);
  }
}
