/** Connects new hosts: tests them, trusts their keys, and adds them to the configuration. */
import { type EngineName, HostConfig, type HostDraft, type HostProbe, type ResultOf } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import { placeOfPassword } from '../config.js';
import { CosmosError } from '../errors.js';
import { type ClosableRemote, type ProbeOptions, probeHost } from '../host/probe/probe.js';
import type { AskPerson } from '../host/shell/ask-person.js';
import { parseDestination, refusePassword } from '../host/shell/config/destination.js';
import type { SshEnvironment } from '../host/shell/config/environment.js';
import type { Keychain } from '../host/shell/keys/keychain.js';
import { trustHostKey } from '../host/shell/keys/trust.js';
import type { Remote } from '../host/shell/remote.js';
import { SshConnection } from '../host/shell/ssh.js';
import { resolveTarget, type SshTarget } from '../host/shell/target.js';
import type { Engine } from '../workload/engine.js';
import { addToConfig, hostsIn, mustBeFree } from './add-to-config.js';
import { needsOf } from './engine-needs.js';
import type { Passphrases } from './passphrases.js';

export interface HostsOptions {
  /** Path of cosmos.toml. It is read for every call, because people edit it. */
  readonly configFile: string;
  readonly engines: ReadonlyMap<EngineName, Engine>;
  readonly clock: Clock;
  /** Path of our own list of trusted host keys. */
  readonly knownHosts: string;
  readonly keychain: Keychain;
  readonly passphrases: Passphrases;
  readonly environment: () => SshEnvironment;
  /** The open connection to a host of cosmos.toml. It is used when a second login would need a person. */
  readonly standing?: (host: string) => Remote | undefined;
  /** Called when a person has removed an obstacle: jobs that wait for a host can try again at once. */
  readonly onCleared?: () => void;
  /** Called with a host that was written into cosmos.toml. */
  readonly onAdded?: (config: HostConfig) => void;
}

/** The client that watches a test: it gets each finding, and may answer the questions of the host. */
export interface Onlooker {
  readonly onCheck?: ProbeOptions['onCheck'];
  readonly ask?: AskPerson | undefined;
}

/** Adds the defaults to a draft. */
const ProbedConfig = HostConfig.partial({ root: true, ownership: true });

/** A draft, or a host of which only the SSH target is known. */
type Named = Omit<HostDraft, 'ownership'> & Partial<Pick<HostDraft, 'ownership'>>;

export class Hosts {
  constructor(private readonly options: HostsOptions) {}

  /** A host of cosmos.toml by name, an SSH target, or one that is not added yet. */
  async probe(host: string | HostDraft, onlooker: Onlooker = {}): Promise<HostProbe> {
    refusePassword(typeof host === 'string' ? host : host.ssh);
    const draft = typeof host === 'string' ? (this.configured(host) ?? { name: host, ssh: host }) : host;
    const { probe } = await this.look(draft, onlooker);
    if (isLoggedIn(probe)) this.options.onCleared?.(); // an obstacle may just have been removed
    return probe;
  }

  /**
   * @param force also when checks failed. Without a root in the draft the host must answer, because its home folder is
   *   used.
   * @throws CosmosError config_invalid when the name is taken or cosmos.toml cannot take it.
   */
  async add(draft: HostDraft, force: boolean, onlooker: Onlooker = {}): Promise<ResultOf<'host.add'>> {
    const { configFile: file } = this.options;
    parseDestination(draft.ssh); // an address that is not valid must not get into the file, even with force
    mustBeFree(draft.name, file);
    const { probe, root } = await this.look(draft, onlooker);
    if (root === undefined || !(probe.ok || force)) return { added: false, file, probe };
    addToConfig({ ...draft, root }, file);
    const added = this.configured(draft.name);
    if (added !== undefined) this.options.onAdded?.(added);
    return { added: true, file, probe };
  }

  async trust(host: string, fingerprint: string): Promise<void> {
    const known = this.configured(host);
    const target = known === undefined ? this.target(host) : this.target(known.ssh, placeOfPassword(known));
    await trustHostKey(target, fingerprint, this.options);
    this.options.onCleared?.();
  }

  async unlock(file: string, passphrase: string): Promise<void> {
    await this.options.passphrases.unlock(this.options.keychain, file, passphrase);
    this.options.onCleared?.();
  }

  private async look(host: Named, { onCheck, ask }: Onlooker): Promise<{ probe: HostProbe; root: string | undefined }> {
    const { clock, engines } = this.options;
    const config = ProbedConfig.parse(host);
    const { checks, root } = await probeHost({
      ...{ config, clock, needs: needsOf(config, engines), onCheck },
      target: () => this.target(host.ssh, placeOfPassword(host)),
      open: (target) => this.open(target, host.name, ask),
    });
    const ok = checks.every(({ state }) => state !== 'failed');
    return { probe: { name: host.name, ok, checks: [...checks] }, root };
  }

  private async open(target: SshTarget, name: string, ask: AskPerson | undefined): Promise<ClosableRemote> {
    try {
      return await SshConnection.open(target, { ...this.options, ask, login: this.loginCommand(name, target) });
    } catch (error) {
      const isAsking = error instanceof CosmosError && error.code === 'host_asks';
      const standing = isAsking ? this.options.standing?.(name) : undefined;
      if (standing === undefined) throw error;
      return { run: standing.run.bind(standing), stream: standing.stream.bind(standing), close: () => {} };
    }
  }

  /**
   * The command that lets a person log in. A connection to a host of cosmos.toml stays open; others are only tested.
   */
  private loginCommand(name: string, target: SshTarget): string {
    return this.configured(name) === undefined ? `cosmos host test ${target.name}` : `cosmos host login ${name}`;
  }

  private target(ssh: string, passwordAt?: string): SshTarget {
    refusePassword(ssh, passwordAt);
    return resolveTarget(ssh, this.options.environment());
  }

  private configured(name: string): HostConfig | undefined {
    return hostsIn(this.options.configFile).find((host) => host.name === name);
  }
}

function isLoggedIn({ checks }: HostProbe): boolean {
  return checks.some(({ check, state }) => check === 'login' && state === 'ok');
}
