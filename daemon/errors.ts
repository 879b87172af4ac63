/** Errors as facts: a code that crosses the wire, one sentence for people, data for programs, the cause. */
import type * as z from 'zod';
import type { ErrorCode, FailureClass, JobError } from '../schemas/index.js';
import { withoutSecrets, withoutSecretsIn } from './secrets.js';

type Data = Record<string, z.core.util.JSONType>;

/** Secrets are removed from its sentence, wherever it comes from: it is shown, logged, sent and stored. */
export class CosmosError extends Error {
  override readonly name = 'CosmosError';
  /** The class of this error when it differs from that of its code; undefined = that of its code. */
  readonly class: FailureClass | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly data: Data = {},
    options?: ErrorOptions & { readonly class?: FailureClass },
  ) {
    super(withoutSecrets(message), options);
    this.class = options?.class;
  }
}

/** Failures with these codes are not the user's fault and may be retried; all others are never retried. */
const CLASSES: Partial<Record<ErrorCode, FailureClass>> = {
  internal: 'host',
  daemon_died: 'host',
  run_lost: 'transient',
  disk_full: 'host',
  no_space_here: 'host',
  disk_silent: 'transient',
  media_tool_missing: 'host',
  run_failed: 'host',
  host_name_unknown: 'transient',
  host_refused: 'transient',
  host_timeout: 'transient',
  host_unreachable: 'transient',
  host_channel_limit: 'transient',
  host_connection_lost: 'transient',
  host_key_unknown: 'host',
  host_key_changed: 'host',
  host_key_revoked: 'host',
  host_handshake_failed: 'host',
  host_auth_failed: 'host',
  host_asks: 'host',
  identity_locked: 'host',
  host_shell_failed: 'host',
  host_file_failed: 'host',
  transfer_failed: 'transient',
  host_forgotten: 'host',
  too_much_from_host: 'host',
  docker_unreachable: 'host',
  container_failed: 'host',
  container_conflict: 'host',
  image_missing: 'host',
  gpu_runtime_missing: 'host',
  gpu_query_failed: 'transient',
  gpu_memory_held: 'host',
  gpu_busy: 'transient',
  leases_blocked: 'transient',
  secrets_exposed: 'host',
  host_step_failed: 'transient',
};

/** Turns anything thrown into an Error, so that the cause chain never holds a bare string. */
export function coerceError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** The codes of the system and of SQLite for a full disk of this computer. */
const NO_SPACE: readonly (string | undefined)[] = ['ENOSPC', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'];

/** A job's error from anything thrown; a full disk is recognised by its errno wherever it surfaced. */
export function toJobError(thrown: unknown): JobError {
  const error = toCosmosError(thrown);
  return {
    code: error.code,
    class: error.class ?? CLASSES[error.code] ?? 'user',
    message: error.message,
    data: withoutSecretsIn(error.data),
  };
}

/** Translates errors of libraries and the system that we know; the rest becomes `internal`. */
export function toCosmosError(thrown: unknown): CosmosError {
  const error = coerceError(thrown);
  if (error instanceof CosmosError) return error;
  if (NO_SPACE.includes(errnoOf(error))) {
    const message = 'No space is left on the disk of this computer; free some, and it goes on by itself.';
    return new CosmosError('no_space_here', message, {}, { cause: error });
  }
  return new CosmosError('internal', error.message, {}, { cause: error });
}

/** The errno name ("ENOENT") of a system error, if it is one. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
