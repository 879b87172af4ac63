/** Handlers of the `host` methods. */
import type { HostDraft } from '../../../schemas/index.js';
import type { Call, HandlersOf } from '../call.js';
import type { Onlooker } from '../services.js';

export const hostHandlers: HandlersOf<'host'> = {
  'host.list': (_, { services }) => ({ hosts: services.fleet.list() }),

  'host.probe': async ({ host, asks }, call) => ({
    probe: await call.services.hosts.probe(host, onlooker(host, asks, call)),
  }),

  'host.add': ({ host, force = false, asks }, call) => {
    return call.services.hosts.add(host, force, onlooker(host, asks, call));
  },

  'host.login': async ({ host }, { services, fanout }) => {
    return { host: await services.fleet.login(host, (question) => fanout.ask(question)) };
  },

  'host.answer'({ id, answers }, { fanout }) {
    fanout.answer(id, answers ?? undefined);
    return {};
  },

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

/** Findings and questions go to the client that asked, and to no other. */
function onlooker(host: string | HostDraft, asks: boolean | undefined, { fanout }: Call): Onlooker {
  const name = typeof host === 'string' ? host : host.name;
  return {
    onCheck: (check) => fanout.notify('host.check', { host: name, check }),
    ask: asks ? (question) => fanout.ask(question) : undefined,
  };
}
