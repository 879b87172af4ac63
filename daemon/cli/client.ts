/** The connection of a command: that of client/, with its errors in the words of the command line. */
import { connect } from '../../client/connect.js';
import type { DaemonClient } from '../../client/daemon-client.js';
import type { Failure, WireError } from '../../client/errors.js';
import { type ErrorCode, errorCodes } from '../../schemas/errors.js';
import type { Discovery } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';

/** What a person does about it; in place of the full stop. */
const ENDINGS: Partial<Record<Failure, string>> = {
  lost: '; run the command again.',
  shape: '; restart it: cosmos daemon stop.',
  silent: '; see: cosmos daemon status.',
  token: ' of daemon.json.',
};

/**
 * Connects, authenticates and says hello.
 * @throws CosmosError daemon_unreachable, daemon_silent, unauthorized, too_many or protocol_mismatch; calls throw it too,
 * with the code and data that the daemon answered
 */
export async function connectTo(discovery: Discovery): Promise<DaemonClient> {
  const toError = (error: WireError) => inWords(error, discovery);
  return (await connect(discovery, { name: 'cli', pings: true, toError })).daemon;
}

function inWords(error: WireError, { url, pid }: Discovery): CosmosError {
  const code = error.code in errorCodes ? (error.code as ErrorCode) : 'internal';
  const ending = ENDINGS[error.failure];
  const message = ending === undefined ? error.message : error.message.replace(/\.$/, ending);
  if (error.failure !== 'silent') return new CosmosError(code, message, error.data, { cause: error });
  return new CosmosError(
    code,
    message.replace(`at ${url}`, `process ${pid}`),
    { pid, ...error.data },
    { cause: error },
  );
}
