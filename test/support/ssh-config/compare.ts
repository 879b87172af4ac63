/** Compares our reading of a configuration with that of the real ssh: equal, different and reported, or wrong. */
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CosmosError } from '../../../daemon/errors.js';
import { readSettings } from '../../../daemon/host/shell/config/config.js';
import { type Destination, parseDestination } from '../../../daemon/host/shell/config/destination.js';
import type { SshEnvironment } from '../../../daemon/host/shell/config/environment.js';
import { systemEnvironment } from '../../../daemon/host/shell/config/environment.js';
import { parseHops } from '../../../daemon/host/shell/config/jump-list.js';
import type { HostSettings } from '../../../daemon/host/shell/config/settings.js';
import { resolveTarget, type SshTarget } from '../../../daemon/host/shell/target.js';
import { type GeneratedConfig, VARIABLES } from './generate.js';
import { askSsh, type Judgement } from './judge.js';

export interface ParityVerdict {
  readonly seed: number;
  readonly host: string;
  /** "equal", "equal error", or the kind of a reported difference; undefined = a difference that we did not report. */
  readonly kind: string | undefined;
  readonly details: string;
}

interface Ours {
  readonly target: SshTarget;
  readonly settings: HostSettings;
}

/** Writes the files into `home`/.ssh and compares each host. */
export async function compareConfig(generated: GeneratedConfig, home: string): Promise<ParityVerdict[]> {
  const folder = path.join(home, '.ssh');
  for (const [name, text] of Object.entries(generated.files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text, { mode: 0o644 });
  }
  const config = path.join(folder, 'config');
  const environment = {
    ...systemEnvironment(),
    home: os.userInfo().homedir,
    variables: VARIABLES,
    configFiles: [config],
  };
  return Promise.all(
    generated.hosts.map((host) => new Comparison(generated, host, home, config, environment).verdict()),
  );
}

class Comparison {
  private options: readonly string[] = [];

  constructor(
    private readonly generated: GeneratedConfig,
    private readonly host: string,
    private readonly home: string,
    private readonly config: string,
    private readonly environment: SshEnvironment,
  ) {}

  async verdict(): Promise<ParityVerdict> {
    const strict = await this.ask([this.host]);
    const verdict = await this.judged(strict);
    if (strict.ok || verdict.kind !== undefined) return verdict;
    const unknown = [...strict.words.matchAll(/Bad configuration option: (\w+)/g)].map(([, keyword]) => keyword);
    if (unknown.length === 0) return { ...verdict, kind: unusedKind(strict.words) };
    this.options = ['-o', `IgnoreUnknown=${unknown.join(',')}`];
    const lenient = await this.judged(await this.ask([this.host]));
    const kind = lenient.kind === undefined ? unusedKind(strict.words) : 'unknown keyword';
    return { ...lenient, kind };
  }

  private async judged(judge: Judgement): Promise<ParityVerdict> {
    const ours = this.ours();
    if (ours instanceof CosmosError) return judge.ok ? this.onlyWeFail(judge, ours) : this.errors(judge, ours);
    if (!judge.ok) return this.say(await this.toldKind(ours.target.remarks, []), judge.words);
    const differences = this.differences(judge, ours);
    if (this.generated.seed % 2 === 0) differences.push(...(await this.expanded(ours)), ...(await this.jumps(ours)));
    if (differences.length === 0) return this.say('equal');
    return this.say(await this.toldKind(ours.target.remarks, differences), differences.join('\n'));
  }

  private ask(args: readonly string[]): Promise<Judgement> {
    return askSsh(this.home, this.config, [...this.options, ...args]);
  }

  private ours(): Ours | CosmosError {
    try {
      const target = resolveTarget(this.host, this.environment);
      const { settings } = readSettings(parseDestination(this.host), this.environment);
      return { target, settings };
    } catch (error) {
      if (error instanceof CosmosError) return error;
      throw error;
    }
  }

  /** A block with exec does not apply: where it never does for ssh either, the two are equal. */
  private async toldKind(remarks: readonly string[], differences: readonly string[]): Promise<string | undefined> {
    const areFiles = differences.length > 0 && differences.every((one) => /^(expanded|known hosts|agent):/.test(one));
    if (areFiles && remarks.some((remark) => remark.includes('looked for in the home folder'))) return 'relative file';
    if (remarks.some((remark) => remark.includes('CanonicalizeHostname is not done here')))
      return 'CanonicalizeHostname';
    if (!remarks.some((remark) => remark.includes('Match exec is not run here'))) return undefined;
    const entries = Object.entries(this.generated.files).map(([name, text]) => [name, withoutExec(text)] as const);
    if (entries.every(([name, text]) => text === this.generated.files[name])) return undefined;
    const verdicts = await compareConfig(
      { ...this.generated, hosts: [this.host], files: Object.fromEntries(entries) },
      `${this.home}-${this.generated.hosts.indexOf(this.host)}`,
    );
    return verdicts[0]?.kind === undefined ? undefined : 'Match exec';
  }

  private say(kind: string | undefined, details = ''): ParityVerdict {
    return { seed: this.generated.seed, host: this.host, kind, details };
  }

  private errors(judge: Judgement & { ok: false }, ours: CosmosError): ParityVerdict {
    const place = `${String(ours.data.file)}:${String(ours.data.line)}`;
    const said = `ssh: ${judge.words}\nours: ${ours.message}`;
    const isSame = judge.places.length === 0 || judge.places.includes(place);
    return this.say(isSame ? 'equal error' : undefined, said);
  }

  /** What -G does not look at yet, but ssh does when it connects. */
  private async onlyWeFail(judge: Judgement & { ok: true }, ours: CosmosError): Promise<ParityVerdict> {
    const isProxied = judge.values.has('proxycommand');
    if (/is a ProxyCommand/.test(ours.message))
      return this.say(isProxied || judge.values.has('proxyjump') ? 'ProxyCommand' : undefined, ours.message);
    if (/goes in a circle/.test(ours.message))
      return this.say(judge.values.has('proxyjump') ? 'circle of jumps' : undefined, ours.message);
    return this.say((await this.failsLater([this.host])) ? 'equal error' : undefined, ours.message);
  }

  /** Whether ssh could use the names of its keys, and so on for the host in between, which its own ssh reaches. */
  private async failsLater(args: readonly string[]): Promise<boolean> {
    const judge = await this.ask(args);
    if (!judge.ok) return true;
    const files = ['identityfile', 'certificatefile'].flatMap((keyword) => judge.values.get(keyword) ?? []);
    if (!(await this.ask([...expandOption(files), ...args])).ok) return true;
    const hop = parseHops(judge.values.get('proxyjump')?.[0] ?? 'none')?.at(-1);
    return hop !== undefined && this.failsLater(argumentsOf(hop));
  }

  private differences({ values }: Judgement & { ok: true }, { target, settings }: Ours): string[] {
    const seconds = Number(values.get('connecttimeout')?.[0]);
    const words = (keyword: string) => settings.all(keyword)?.map(({ value }) => value);
    const absolute = (files: readonly string[]) =>
      files.map((file) => path.resolve(this.environment.home, file)).join(' ');
    const isNone = (text: string | undefined) => text === undefined || text.toLowerCase() === 'none';
    const user = target.knownHostsFiles.length - systemFiles(settings, this.environment).length;
    const userFiles = values.get('userknownhostsfile')?.[0];
    const pairs: [string, unknown, unknown][] = [
      ['user', values.get('user')?.[0], target.user],
      ['host', values.get('hostname')?.[0], target.host],
      ['port', values.get('port')?.[0], String(target.port)],
      ['family', { any: undefined, inet: 4, inet6: 6 }[values.get('addressfamily')?.[0] ?? ''], target.family],
      ['connect', seconds > 0 ? Math.min(seconds * 1000, 2 ** 31 - 1) : 15_000, target.connectMs],
      ['alias', values.get('hostkeyalias')?.[0], settings.value('hostkeyalias')?.toLowerCase()],
      ['identities only', values.get('identitiesonly')?.[0] === 'yes', target.identitiesOnly],
      ['agent', values.get('identityagent')?.[0], agentShown(target, settings, this.environment)],
      [
        'identity files',
        settings.all('identityfile') && values.get('identityfile')?.join('|'),
        words('identityfile')?.join('|'),
      ],
      ['certificates', values.get('certificatefile')?.join('|'), words('certificatefile')?.join('|')],
      [
        'known hosts',
        userFiles === ' none' || isNone(userFiles) ? '' : absolute(splitShown(userFiles ?? '', user)),
        target.knownHostsFiles.slice(0, user).join(' '),
      ],
      [
        'global known hosts',
        shownFiles(values.get('globalknownhostsfile')?.[0]),
        shownFiles((words('globalknownhostsfile') ?? this.environment.systemKnownHosts).join(' ')),
      ],
      [
        'publickey',
        values.get('pubkeyauthentication')?.[0] !== 'false' && has(values, 'publickey'),
        target.pubkeyAuthentication,
      ],
      [
        'keyboard',
        values.get('kbdinteractiveauthentication')?.[0] === 'yes' &&
          values.get('batchmode')?.[0] === 'no' &&
          has(values, 'keyboard-interactive'),
        target.kbdInteractive,
      ],
      [
        'strict',
        { true: 'yes', false: 'no' }[values.get('stricthostkeychecking')?.[0] ?? ''] ??
          values.get('stricthostkeychecking')?.[0],
        settings.value('stricthostkeychecking') ?? 'ask',
      ],
      ['jump', values.get('proxyjump')?.[0], jumpShown(settings)],
      ...(['bindaddress', 'bindinterface', 'preferredauthentications'] as const).map(
        (name): [string, unknown, unknown] => [name, values.get(name)?.[0], settings.value(name)],
      ),
      ...(['knownhostscommand', 'localcommand', 'remotecommand', 'revokedhostkeys'] as const).map(
        (name): [string, unknown, unknown] => [
          name,
          values.get(name)?.[0],
          isNone(settings.value(name)) ? undefined : settings.value(name),
        ],
      ),
      [
        'canonicalize',
        { true: 'yes', false: 'no' }[values.get('canonicalizehostname')?.[0] ?? ''] ??
          values.get('canonicalizehostname')?.[0],
        settings.value('canonicalizehostname') ?? 'no',
      ],
      [
        'alive',
        values.get('serveraliveinterval')?.[0],
        settings.value('serveraliveinterval') ?? (settings.value('batchmode') === 'yes' ? '300' : '0'),
      ],
      ['alive count', values.get('serveralivecountmax')?.[0], settings.value('serveralivecountmax') ?? '3'],
    ];
    return pairs.flatMap(([what, ssh, our]) =>
      ssh === our ? [] : [`${what}: ssh ${String(ssh)}, ours ${String(our)}`],
    );
  }

  /** -G shows the names of keys as they are written; known hosts are expanded by the same rules, so ssh is asked as if they were. */
  private async expanded({ target, settings }: Ours): Promise<string[]> {
    const written = ['identityfile', 'certificatefile'].flatMap((keyword) => settings.all(keyword) ?? []);
    const files = written.map(({ value }) => value).filter((value) => value.toLowerCase() !== 'none');
    // Since 9.6 the hash holds the host in between too; the ssh here may be older.
    if (target.jumps.length > 0 && files.some((file) => file.includes('%C'))) return [];
    if (files.length === 0) return [];
    const judge = await this.ask([...expandOption(files), this.host]);
    if (!judge.ok) return [`expanded: ssh ${judge.words}`];
    const ssh = judge.values.get('userknownhostsfile')?.[0] ?? '';
    const ours = [...(settings.all('identityfile') ? target.identityFiles : []), ...target.certificateFiles].join(' ');
    return path.normalize(ssh) === path.normalize(ours) ? [] : [`expanded: ssh ${ssh}, ours ${ours}`];
  }

  /** Each host on the way, as ssh reaches it. */
  private async jumps({ target }: Ours): Promise<string[]> {
    const differences = target.jumps.slice(-1).map(async (jump) => {
      const [hop] = parseHops(jump.name) ?? [];
      if (hop === undefined || /[^\w.@:[\]/-]/.test(jump.name)) return []; // ssh puts it into a shell's line as it is
      const judge = await this.ask(argumentsOf(hop));
      const ssh = judge.ok
        ? ['user', 'hostname', 'port'].map((keyword) => judge.values.get(keyword)?.[0]).join(' ')
        : judge.words;
      const ours = `${jump.user} ${jump.host} ${jump.port}`;
      return ssh === ours ? [] : [`jump ${jump.name}: ssh ${ssh}, ours ${ours}`];
    });
    return (await Promise.all(differences)).flat();
  }
}

/** What ssh refuses and we do not, because we have no use for it; docs/SSH.md says so. */
function unusedKind(words: string): string | undefined {
  if (words.includes('remote username contains invalid characters')) return 'odd user with a URI';
  const refused = words.split('\n').filter((line) => / line \d+: /.test(line));
  const isUnused =
    /: (Bad SSH2 |Bad key types|Bad IPQoS|Bad forwarding|Bad tun|Bad mask|Bad number|RekeyLimit|Bad configuration option)/;
  return refused.length > 0 && refused.every((line) => isUnused.test(line)) ? 'value that is not used' : undefined;
}

/** As ssh calls itself for a host in between. */
function argumentsOf({ user, host, port }: Destination): string[] {
  const options = [...(user === undefined ? [] : ['-l', user]), ...(port === undefined ? [] : ['-p', String(port)])];
  return [...options, host];
}

/** Files of keys as files of known hosts, whose names -G expands. */
function expandOption(files: readonly string[]): string[] {
  const words = files
    .filter((file) => file.toLowerCase() !== 'none')
    .map((file) => `"${file.replace(/[\\"]/g, '\\$&')}"`);
  return words.length === 0 ? [] : ['-o', `UserKnownHostsFile=${words.join(' ')}`];
}

function has(values: ReadonlyMap<string, readonly string[]>, method: string): boolean {
  return values.get('preferredauthentications')?.[0]?.split(',').includes(method) ?? true;
}

function systemFiles(settings: HostSettings, environment: SshEnvironment): readonly unknown[] {
  const named = settings.all('globalknownhostsfile');
  return named === undefined
    ? environment.systemKnownHosts
    : named.filter(({ value }) => value.toLowerCase() !== 'none');
}

/** -G divides names by spaces, which they may hold; the number of names decides how to read them. */
function splitShown(shown: string, count: number): string[] {
  const words = shown.trim().split(/ (?=[/~])/);
  return words.length === count ? words : [shown];
}

function shownFiles(files: string | undefined): string {
  return files === undefined || /^\s*none$/i.test(files) ? 'none' : files.trim();
}

function agentShown(target: SshTarget, settings: HostSettings, environment: SshEnvironment): string | undefined {
  const written = settings.value('identityagent');
  if (written === undefined || written === 'SSH_AUTH_SOCK' || written === 'none') return written;
  if (/^\$\w+$/.test(written))
    return target.agentSocket === environment.variables[written.slice(1)] ? written : 'wrong';
  return path.isAbsolute(written) || /^[~$]/.test(written) ? target.agentSocket : written;
}

/** -G shows the last host by its parts, and those before it as they are written. */
function jumpShown(settings: HostSettings): string | undefined {
  const hops = parseHops(settings.value('proxyjump') ?? 'none') ?? [];
  const last = hops.at(-1);
  if (last === undefined) return undefined;
  const host = /:|^[\d.]+$/.test(last.host) ? `[${last.host}]` : last.host;
  const login = last.user === undefined ? '' : `${last.user}@`;
  const shown = `${login}${host}${last.port === undefined ? '' : `:${last.port}`}`;
  return [...hops.slice(0, -1).map(({ text }) => text), shown].join(',');
}

function withoutExec(text: string): string {
  return text.replace(/!?exec[\s=]+("[^"]*"|\S+)/gi, 'exec false');
}
