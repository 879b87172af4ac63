/** SSH configurations as people, tools and accidents write them; the same for the same seed. */
import { seededRandom } from '../random.js';

export interface GeneratedConfig {
  readonly seed: number;
  /** Paths relative to ~/.ssh; "config" is the one that ssh is given. */
  readonly files: Readonly<Record<string, string>>;
  /** What is typed. */
  readonly hosts: readonly string[];
}

/** Set for both readers; NOPE is not. */
export const VARIABLES = { KEYS: '/srv/keys', PART: 'a%h', SSH_AUTH_SOCK: '/run/agent' } as const;

const HOSTS = [
  ...[
    'gpu1',
    'gpu2',
    'GPU1',
    'node-7.lab',
    'gate',
    'ada@gpu1',
    'me@corp@gpu2',
    'a+b@gate',
    'DOM\\eve@gpu1',
    '10.0.0.7',
  ],
  ...['127.1', '0x7f000001', '::1', 'FE80::0001%lo', 'root@fe80::1%lo', 'ssh://gpu1', 'ssh://ada@gpu1:2201'],
  ...['ssh://a%20b+c@gpu2/', 'ssh://u;x=1@Gate.:22', 'ssh://me%40corp@node-7.lab:2222/'],
];

const WORDS: Readonly<Record<string, readonly string[]>> = {
  HostName: [
    '%h.example.com',
    'gpu1.internal',
    'GPU.Internal',
    '10.9.8.7',
    'fe80::1%%lo',
    '::1',
    '%%',
    'a%h%h',
    '127.1',
    'node-7.lab',
  ],
  User: ['ada', 'x#y', 'a b', 'me@corp', 'DOM\\user', 'root', "o'neil", '#7', 'tab\there'],
  Port: ['22', '2200', '+23', 'ssh', '65535', '022'],
  HostKeyAlias: ['farm', 'FARM', '%h', 'gpu1.internal'],
  ConnectTimeout: ['3', '1m', '1m30s', '2H', '1w', 'none', '0', '1M5', '007'],
  ServerAliveInterval: ['15', '1m', 'none'],
  ServerAliveCountMax: ['3', '0', '12'],
  AddressFamily: ['any', 'inet', 'INET6'],
  IdentityFile: [
    ...[
      '~/.ssh/id_x',
      '~/.ssh/%r@%h',
      '/keys/%u-%n-%p',
      'none',
      '%d/.ssh/a%%b',
      `\${KEYS}/id`,
      `/k/\${PART}`,
      '~root/id',
    ],
    ...['/with space/id', 'None', '/k/%L.%l', '/k/%C', '/k/%i%k', '/keys/x\\y'],
  ],
  CertificateFile: ['~/.ssh/id_x-cert.pub', '/c/%h-cert.pub', 'none', `\${KEYS}/%r-cert.pub`],
  IdentityAgent: ['none', 'SSH_AUTH_SOCK', '$KEYS', `\${KEYS}/sock`, '~/agent', '/run/%u/%r', 'None', '$SSH_AUTH_SOCK'],
  IdentitiesOnly: ['yes', 'no', 'TRUE', 'false'],
  StrictHostKeyChecking: ['yes', 'no', 'ask', 'accept-new', 'off', 'true'],
  PubkeyAuthentication: ['yes', 'no', 'unbound', 'host-bound'],
  PreferredAuthentications: ['publickey', 'keyboard-interactive,publickey', 'password', 'none'],
  KbdInteractiveAuthentication: ['yes', 'no'],
  ChallengeResponseAuthentication: ['yes', 'no'],
  PasswordAuthentication: ['yes', 'no'],
  BatchMode: ['yes', 'no'],
  BindAddress: ['127.0.0.1', '::1'],
  BindInterface: ['lo', 'eth0'],
  CanonicalizeHostname: ['no', 'yes', 'always'],
  NoHostAuthenticationForLocalhost: ['yes', 'no'],
  RevokedHostKeys: ['none', '/etc/revoked'],
  IgnoreUnknown: ['UseKeychain,Bogus*', 'bogus', '*'],
  ForwardAgent: ['yes', 'no', '$KEYS', '/run/agent'],
  LogLevel: ['info', 'DEBUG3'],
  ControlMaster: ['auto', 'no'],
  ControlPath: ['~/.ssh/%C', 'none'],
  Compression: ['yes', 'NO'],
  EscapeChar: ['~', 'none'],
  Tunnel: ['no', 'point-to-point'],
  GSSAPIAuthentication: ['yes'],
  RekeyLimit: ['1G'],
  Ciphers: ['aes128-ctr'],
  Protocol: ['2'],
  AddKeysToAgent: ['yes', '5m', 'confirm'],
  VisualHostKey: ['no'],
};

/** Lines whose values are lists or the rest of the line. */
const LINES = [
  ...[
    'ProxyJump gate',
    'ProxyJump ada@gate:2222,inner',
    'ProxyJump none',
    'ProxyJump ssh://eve@gate:22',
    'ProxyJump [::1]:22',
  ],
  ...['ProxyJump a,b,c # way', 'ProxyJump %r@gate', 'proxyjump=gate', 'ProxyJump NONE', 'ProxyJump gate trailing'],
  ...[
    'ProxyCommand none',
    'ProxyCommand nc %h %p',
    'ProxyCommand = ssh -W %h:%p gate # x',
    'ProxyCommand "quoted one" two',
  ],
  ...[
    'UserKnownHostsFile ~/a "~/b c"',
    'UserKnownHostsFile none',
    'UserKnownHostsFile ~/.ssh/%k /x/%h-%p',
    `UserKnownHostsFile \${KEYS}/kh`,
  ],
  ...[
    'GlobalKnownHostsFile /etc/a /etc/b',
    'GlobalKnownHostsFile none',
    'KnownHostsCommand /bin/kh %H',
    'LocalCommand echo %h',
  ],
  ...[
    'RemoteCommand none',
    'PermitLocalCommand yes',
    'SendEnv LANG LC_*',
    'SetEnv A=b "C=d e"',
    'LocalForward 8080 localhost:80',
  ],
  ...['DynamicForward 1080', 'CanonicalizeMaxDots 2', 'CanonicalDomains none', 'IPQoS af21 cs1', 'Bogus 1'],
  ...[
    '# Host gpu1',
    '',
    '   ',
    '\t# indented comment',
    '= User eq',
    '"User" quoted',
    "User 'single q'",
    'User "a"b"c"',
  ],
  ...[
    'User esc\\ aped',
    'User back\\slash',
    'User a # comment',
    'User "open # quote"',
    'User\tada\t',
    'User==x',
    'User =y',
  ],
];

/** Lines that ssh refuses, nearly all of them. */
const WRONG = [
  ...[
    'Port 0',
    'Port 70000',
    'Port x',
    'Port',
    'User',
    'User=',
    'User # none',
    'User a b',
    'User "open',
    "User 'open",
    'User ""',
  ],
  ...[
    'ConnectTimeout 5x',
    'ConnectTimeout -5',
    'ConnectTimeout 1m 5s',
    'ConnectTimeout 99999999999',
    'IdentitiesOnly maybe',
  ],
  ...[
    'AddressFamily inet4',
    'ProxyJump a, b',
    'ProxyJump a/b',
    'ProxyJump @a',
    'ProxyJump a:0',
    'ProxyJump ssh://a/path',
    'ProxyJump ,',
  ],
  ...[
    'UserKnownHostsFile none /a',
    'UserKnownHostsFile /a none',
    'UserKnownHostsFile ""',
    'Match',
    'Match bogus x',
    'Match host',
  ],
  ...[
    'Match all host x',
    'Match user a all host b',
    'Match # x',
    'Host ""',
    'Include ""',
    'HostName %n',
    'HostName %',
    'NoSuchKeyword yes',
  ],
  ...[
    `IdentityAgent \${NOPE}`,
    'IdentityAgent $a-b',
    `IdentityAgent \${KEYS`,
    `UserKnownHostsFile \${NOPE}`,
    'UserKnownHostsFile %Z',
  ],
  ...[
    `IdentityFile \${NOPE}/x`,
    'IdentityFile %Z',
    'IdentityFile ~nobodyhere/x',
    'Compression true',
    'ServerAliveCountMax -1',
    'LocalForward 8080',
  ],
  ...[
    'StrictHostKeyChecking perhaps',
    'SetEnv A',
    'CanonicalDomains a..b',
    'CanonicalizePermittedCNAMEs a',
    'LogLevel loud',
    'Include',
  ],
  ...[
    'Match host gpu1 extra',
    'Match exec',
    'GlobalKnownHostsFile',
    'ServerAliveCountMax x',
    'ConnectTimeout ""',
    `ForwardAgent \${NOPE}`,
  ],
];

const PATTERNS = [
  '*',
  'gpu1',
  'gpu*',
  'gpu?',
  '!gpu2',
  'GPU1',
  '*.lab',
  'gate',
  'inner',
  '*.internal',
  '*.example.com',
  '10.*',
  '!*',
  'n*7*',
  '127.0.0.1',
];

/** Else most hosts are on the way to themselves. */
const STRAIGHT = 'Host gate inner a b c ::1 eve ada\n  ProxyJump none\n';

class Writer {
  readonly random: () => number;
  private included = 0;
  readonly files: Record<string, string> = {};

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T {
    return items[Math.floor(this.random() * items.length)] as T;
  }

  file(depth: number, wrong: number): string {
    const eol = this.chance(0.1) ? '\r\n' : '\n';
    const blocks = Array.from({ length: 1 + Math.floor(this.random() * 5) }, (_, at) => this.block(at, depth, wrong));
    return blocks.flat().join(eol) + (this.chance(0.9) ? eol : '');
  }

  private block(at: number, depth: number, wrong: number): string[] {
    const head = at === 0 && this.chance(0.4) ? [] : [this.chance(0.55) ? this.host() : this.match()];
    const lines = Array.from({ length: Math.floor(this.random() * 6) }, () => {
      if (this.chance(wrong)) return this.pick(WRONG);
      if (depth < 2 && this.chance(0.07)) return this.include(depth, wrong);
      return this.chance(0.3) ? this.pick(LINES) : this.setting();
    });
    return [...head, ...lines.map((line) => `${this.pick(['', '  ', '    ', '\t'])}${line}`)];
  }

  private host(): string {
    const patterns = Array.from({ length: 1 + Math.floor(this.random() * 3) }, () => this.pick(PATTERNS));
    return `${this.cased('Host')}${this.pick([' ', '  ', '=', ' = '])}${patterns.join(' ')}${this.comment()}`;
  }

  private match(): string {
    if (this.chance(0.08))
      return `Match ${this.pick(['all', '!all', 'final all', 'canonical all', 'host gpu1 all', 'all # x'])}`;
    const criteria = Array.from({ length: 1 + Math.floor(this.random() * 2.4) }, () => this.criterion());
    return `${this.cased('Match')} ${criteria.join(' ')}${this.comment()}`;
  }

  private criterion(): string {
    const list = () => Array.from({ length: 1 + Math.floor(this.random() * 2) }, () => this.pick(PATTERNS)).join(',');
    const users = () => this.pick(['root', 'ada', '!ada', 'a*', '*', 'root,eve', 'x#y', '"a b"']);
    const not = this.chance(0.2) ? '!' : '';
    const sign = this.chance(0.1) ? '=' : ' ';
    const quote = this.chance(0.1) ? '"' : '';
    if (this.chance(0.04)) return `${not}exec ${this.pick(['true', 'false', '"test 1 = 1"'])}`;
    return this.pick([
      () => `${not}final`,
      () => `${not}canonical`,
      () => `${not}${this.cased('host')}${sign}${quote}${list()}${quote}`,
      () => `${not}originalhost${sign}${quote}${list()}${quote}`,
      () => `${not}user${sign}${users()}`,
      () => `${not}localuser${sign}${users()}`,
    ])();
  }

  private setting(): string {
    const keyword = this.pick(Object.keys(WORDS));
    const value = this.quoted(this.pick(WORDS[keyword] ?? []));
    return `${this.cased(keyword)}${this.pick([' ', ' ', ' ', '=', ' = ', '\t', '  '])}${value}${this.comment()}`;
  }

  private quoted(value: string): string {
    const escaped = value.replace(/[\\"]/g, '\\$&');
    if (/[\s#']/.test(value) || this.chance(0.1)) return `"${escaped}"`;
    return this.chance(0.05) && !/['\\]/.test(value) ? `'${value}'` : value;
  }

  private include(depth: number, wrong: number): string {
    const name = `inc${this.included++}.conf`;
    if (this.chance(0.2))
      return this.pick(['Include nowhere.conf', 'Include none/*.conf', 'Include /nowhere/x', 'Include conf.d']);
    this.files[`conf.d/${name}`] = this.file(depth + 1, wrong / 2);
    if (this.chance(0.3)) this.files[`conf.d/.${name}`] = 'User hidden\nBroken';
    return this.pick([
      `Include conf.d/${name}`,
      `Include "conf.d/${name}"`,
      `Include conf.d/inc${this.included - 1}.*`,
      `Include nowhere conf.d/in[a-d]${this.included - 1}.conf`,
    ]);
  }

  private cased(word: string): string {
    return this.pick([word, word, word.toLowerCase(), word.toUpperCase()]);
  }

  private comment(): string {
    return this.pick(['', '', '', '', '', ' ', '\t', ' # a comment', ' #x "quote"']);
  }
}

const ODD = [...`"'\\=#! \t,\r%$~*?[]{}@:/-+.;|&<>\f\vé\0x1`];

/** A few characters put in, taken out or put in place of others: what a hand or a broken tool leaves. */
function damaged(text: string, writer: Writer): string {
  let result = text;
  for (let count = 1 + Math.floor(writer.random() * 4); count > 0; count--) {
    const at = Math.floor(writer.random() * result.length);
    const [taken, put] = writer.pick([
      [0, writer.pick(ODD)],
      [1, ''],
      [1, writer.pick(ODD)],
    ] as const);
    result = result.slice(0, at) + put + result.slice(at + taken);
  }
  return result;
}

/** About one of three configurations has a line that ssh refuses. */
export function generateConfig(seed: number): GeneratedConfig {
  const writer = new Writer(seed);
  const wrong = writer.chance(0.35) ? 0.06 : 0;
  const whole = `${writer.chance(0.85) ? STRAIGHT : ''}${writer.file(0, wrong)}`;
  const config = writer.chance(0.25) ? damaged(whole, writer) : whole;
  const hosts = [writer.pick(HOSTS), writer.pick(HOSTS.slice(0, 5))];
  return { seed, files: { ...writer.files, config }, hosts: [...new Set(hosts)] };
}
