import type { HostDraft } from '../../../schemas/index.js';
import type { Call, HandlersOf } from '../call.js';
import type { HostCheckListener } from '../services.js';

export const hostHandlers: HandlersOf<'host'> = {
  'host.list': (_, { services }) => ({ hosts: services.fleet.list() }),

  'host.probe': async ({ host }, call) => ({ probe: await call.services.hosts.probe(host, tell(host, call)) }),

  'host.add': ({ host, force = false }, call) => call.services.hosts.add(host, force, tell(host, call)),

  async 'host.trust'({ host, fingerprint }, { services }) {
    await services.hosts.trust(host, fingerprint);
    return { host, fingerprint };
  },

  async 'host.unlock'({ file, passphrase }, { services }) {
    await services.hosts.unlock(file, passphrase);
    return {};
  },

  'host.drain': ({ host, reason }, { services }) => ({ host: services.fleet.drain(host, reason) }),

  'host.resume': ({ host }, { services }) => ({ host: services.fleet.resume(host) }),

  'host.forget': ({ host, force = false }, { services }) => services.fleet.forget(host, force),

  'host.adopt': async ({ host, owner }, { services }) => ({ runs: await services.fleet.adopt(host, owner) }),
};

/** Only the client that asked hears of it. */
function tell(host: string | HostDraft, { fanout }: Call): HostCheckListener {
  const name = typeof host === 'string' ? host : host.name;
  return (check) => fanout.notify('host.check', { host: name, check });
}
