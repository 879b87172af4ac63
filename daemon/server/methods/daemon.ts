/** Handlers of `hello` and of the `daemon` and `config` methods. */
import { PROTOCOL_VERSION } from '../../../schemas/index.js';
import { CosmosError } from '../../errors.js';
import type { Handlers, HandlersOf } from '../call.js';

export const daemonHandlers: HandlersOf<'daemon'> & HandlersOf<'config'> & Pick<Handlers, 'hello'> = {
  hello({ client, protocol }, { services: { daemon } }) {
    if (protocol !== PROTOCOL_VERSION) throw mismatch(client, protocol);
    const { version, startId, stateDir } = daemon;
    return { protocol: PROTOCOL_VERSION, version, startId, stateDir };
  },

  'daemon.status': (_, { services: { daemon, queue, clips, journal }, endpoint }) => ({
    pid: daemon.pid,
    version: daemon.version,
    startId: daemon.startId,
    stateDir: daemon.stateDir,
    startedAt: daemon.startedAt,
    url: endpoint().url,
    queue: queue.status(),
    jobs: queue.counts(),
    clips: clips.list().length,
    seq: journal.seq,
  }),

  'daemon.stop'(_, { services: { daemon }, afterReply }) {
    afterReply(() => daemon.stop());
    return {};
  },

  'config.get': (_, { services: { daemon, presets } }) => ({ ...daemon.config, presets: presets.names() }),
};

function mismatch(client: string, protocol: number): CosmosError {
  const older = protocol < PROTOCOL_VERSION ? `"${client}"` : 'the daemon';
  return new CosmosError(
    'protocol_mismatch',
    `"${client}" speaks protocol ${protocol}, this daemon speaks ${PROTOCOL_VERSION}: update ${older}.`,
    { client: protocol, daemon: PROTOCOL_VERSION },
  );
}
