/** SSH settings of a host that we do not follow; each is reported, so that the user is not surprised. */
import path from 'node:path';
import { type HostSettings, TYPED } from './config/settings.js';

interface Difference {
  readonly keyword: string;
  /** Whether we act differently from what the setting says. */
  readonly differs: (value: string, settings: HostSettings) => boolean;
  /** What we do instead, as a clause. */
  readonly instead: string;
}

const isYes = (value: string) => value === 'yes';
const isCommand = (value: string) => value.toLowerCase() !== 'none';

const DIFFERENCES: readonly Difference[] = [
  {
    keyword: 'StrictHostKeyChecking',
    differs: (value) => value === 'no' || value === 'accept-new',
    instead: 'is not followed: a host key that is not known has to be trusted by a person first',
  },
  {
    keyword: 'NoHostAuthenticationForLocalhost',
    differs: isYes,
    instead: 'is not followed: the key of this machine is verified too',
  },
  {
    keyword: 'KnownHostsCommand',
    differs: isCommand,
    instead: 'is not run here: a host key that only it knows has to be trusted by a person first',
  },
  {
    keyword: 'RevokedHostKeys',
    differs: isCommand,
    instead: 'is not read here: write "@revoked" lines into known_hosts for keys that must be refused',
  },
  {
    keyword: 'VerifyHostKeyDNS',
    differs: (value) => value !== 'no',
    instead: 'is not followed: fingerprints are not asked of the name service',
  },
  {
    keyword: 'PKCS11Provider',
    differs: isCommand,
    instead: 'is not used: load the keys of the card into an agent with ssh-add -s',
  },
  {
    keyword: 'User',
    differs: (value) => /\$\{|%[A-Za-z]/.test(value),
    instead: 'is taken as it is written; OpenSSH 10 fills in tokens and variables',
  },
  {
    keyword: 'LocalCommand',
    differs: (value, settings) => isCommand(value) && settings.value('permitlocalcommand') === 'yes',
    instead: 'is not run here',
  },
  {
    keyword: 'RemoteCommand',
    differs: isCommand,
    instead: 'is not run: every command on the host is our own',
  },
  {
    keyword: 'CanonicalizeHostname',
    differs: (value, settings) => value !== 'no' && looksNamesUp(value, settings),
    instead: 'is not done here: names are not looked up in CanonicalDomains; write the full name in HostName',
  },
  { keyword: 'BindAddress', differs: () => true, instead: 'is not followed: the system chooses the address' },
  { keyword: 'BindInterface', differs: () => true, instead: 'is not followed: the system chooses the interface' },
];

/** Sentences with file and line, without full stop. */
export function unfollowedSettings(settings: HostSettings): string[] {
  const differing = DIFFERENCES.flatMap(({ keyword, differs, instead }) => {
    const setting = settings.first(keyword.toLowerCase());
    if (setting === undefined || setting.position === TYPED || !differs(setting.value, settings)) return [];
    return [`${setting.position.shown}: ${keyword} ${instead}`];
  });
  return [...differing, ...relativeFiles(settings)];
}

/** ssh looks names up only with domains or rules for them; through a jump only when the value is "always". */
function looksNamesUp(value: string, settings: HostSettings): boolean {
  const isDirect = settings.value('proxyjump') === undefined || settings.value('proxyjump') === 'none';
  const has = (keyword: string) => isCommand(settings.value(keyword) ?? 'none');
  return (isDirect || value === 'always') && (has('canonicaldomains') || has('canonicalizepermittedcnames'));
}

function relativeFiles(settings: HostSettings): string[] {
  return ['IdentityFile', 'CertificateFile', 'UserKnownHostsFile', 'GlobalKnownHostsFile'].flatMap((keyword) => {
    const relative = settings.all(keyword.toLowerCase())?.filter(({ value }) => {
      return isCommand(value) && !path.isAbsolute(value) && !/^(~|%d|\$\{)/.test(value);
    });
    return (relative ?? []).map(({ value, position }) => {
      return `${position.shown}: ${keyword} ${value} is looked for in the home folder; ssh looks in the folder that it runs in`;
    });
  });
}
