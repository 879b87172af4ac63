/** `cosmos host trust` trusts the host key with a given fingerprint. */
import { type Parent, verb } from '../../verb.js';

export function hostTrust(host: Parent): void {
  host
    .command('trust')
    .description('trust the key with this fingerprint, and no other, for a host')
    .argument('<host>', 'name in cosmos.toml, or an SSH target')
    .argument('<fingerprint>', 'SHA256:..., compared with what the owner of the host says')
    .action(
      verb(async (context, name, fingerprint) => {
        const trusted = await context.use((daemon) => daemon.call('host.trust', { host: name, fingerprint }));
        context.out.show(trusted, () => context.out.note(`${name} is trusted by the key ${fingerprint}.`));
      }),
    );
}
