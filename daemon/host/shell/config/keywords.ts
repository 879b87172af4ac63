/**
 * The keywords of ssh_config(5), OpenSSH 9.2 to 10.2 with the additions of Debian and Apple, and what each takes. All
 * are known by name, because ssh checks every line of a file, also of blocks that do not apply.
 */

import { distance } from 'fastest-levenshtein';

/** What follows a keyword. */
export type Takes =
  /** Any text; the setting is obsolete and has no effect. */
  | 'anything'
  | 'section'
  | 'include'
  /** One word. */
  | 'word'
  /** One word that adds to those before. */
  | 'path'
  | 'port'
  /** Seconds, or with units: 1m30s; none. */
  | 'time'
  | 'number'
  /** The rest of the line, quotes and comment included. */
  | 'command'
  | 'jump'
  | 'agent'
  /** yes, no or a path of an agent. */
  | 'flag or agent'
  /** Words; none stands alone. */
  | 'files'
  | 'domains'
  | 'cnames'
  | 'words'
  | 'names'
  | 'assignments'
  /** What listens and where it leads. */
  | 'two words'
  /** yes, no, ask, a time, or confirm with a time. */
  | 'keys to agent'
  | 'flag or time'
  /** One character, ^ and one, or none. */
  | 'escape'
  /** One word; which names it may hold depends on the version of ssh, so they are not checked. */
  | 'algorithms'
  /** At least one word, whose meaning depends on the version of ssh; not checked. */
  | 'some'
  /** One word out of these, in any case; its meaning. */
  | Readonly<Record<string, string>>;

const BOOLEAN = { true: 'yes', false: 'no', yes: 'yes', no: 'no' } as const;
const ASK = { ...BOOLEAN, ask: 'ask' } as const;

function all(takes: Takes, names: string): [string, Takes][] {
  return names.split(' ').map((name) => [name, takes]);
}

const choices = (words: string) => Object.fromEntries(words.split(' ').map((word) => [word, word]));

const TAKES: ReadonlyMap<string, Takes> = new Map<string, Takes>([
  ...all('section', 'host match'),
  ['include', 'include'],
  ...all(
    'word',
    'bindaddress bindinterface controlpath gssapiclientidentity gssapikexalgorithms gssapiserveridentity hostkeyalias ' +
      'hostname ignoreunknown kbdinteractivedevices pkcs11provider preferredauthentications revokedhostkeys ' +
      'securitykeyprovider tag usekeychain user versionaddendum xauthlocation',
  ),
  ...all('path', 'certificatefile identityfile'),
  ['port', 'port'],
  ...all('time', 'connecttimeout forwardx11timeout serveraliveinterval setuptimeout'),
  ...all(
    'number',
    'canonicalizemaxdots connectionattempts numberofpasswordprompts protocolkeepalives requiredrsasize serveralivecountmax',
  ),
  ...all('command', 'knownhostscommand localcommand proxycommand remotecommand'),
  ['proxyjump', 'jump'],
  ['identityagent', 'agent'],
  ['forwardagent', 'flag or agent'],
  ...all('files', 'globalknownhostsfile userknownhostsfile logverbose'),
  ['canonicaldomains', 'domains'],
  ['canonicalizepermittedcnames', 'cnames'],
  ['channeltimeout', 'words'],
  ['sendenv', 'names'],
  ['setenv', 'assignments'],
  ['localforward', 'two words'],
  ['addkeystoagent', 'keys to agent'],
  ['controlpersist', 'flag or time'],
  ['escapechar', 'escape'],
  ...all(
    'algorithms',
    'casignaturealgorithms ciphers hostbasedacceptedalgorithms hostkeyalgorithms kexalgorithms macs ' +
      'pubkeyacceptedalgorithms',
  ),
  ...all(
    'some',
    'dynamicforward ipqos obscurekeystroketiming permitremoteopen rekeylimit remoteforward streamlocalbindmask ' +
      'tunneldevice',
  ),
  ...all(
    BOOLEAN,
    'batchmode canonicalizefallbacklocal checkhostip clearallforwardings enableescapecommandline enablesshkeysign ' +
      'exitonforwardfailure forkafterauthentication forwardx11 forwardx11trusted gatewayports gssapiauthentication ' +
      'gssapidelegatecredentials gssapikeyexchange gssapirenewalforcesrekey gssapitrustdns hashknownhosts ' +
      'hostbasedauthentication identitiesonly kbdinteractiveauthentication nohostauthenticationforlocalhost ' +
      'passwordauthentication permitlocalcommand proxyusefdpass refuseconnection stdinnull streamlocalbindunlink ' +
      'tcpkeepalive visualhostkey',
  ),
  ...all(ASK, 'updatehostkeys verifyhostkeydns'),
  ['addressfamily', choices('inet inet6 any')],
  ['canonicalizehostname', { ...BOOLEAN, always: 'always' }],
  ['compression', choices('yes no')],
  ['controlmaster', { ...ASK, auto: 'auto', autoask: 'autoask' }],
  ['fingerprinthash', choices('md5 sha1 sha256 sha384 sha512')],
  ['loglevel', choices('quiet fatal error info verbose debug debug1 debug2 debug3')],
  ['pubkeyauthentication', { ...BOOLEAN, unbound: 'unbound', 'host-bound': 'host-bound' }],
  ['requesttty', { ...BOOLEAN, force: 'force', auto: 'auto' }],
  ['sessiontype', choices('none subsystem default')],
  ['stricthostkeychecking', { ...ASK, off: 'no', 'accept-new': 'accept-new' }],
  ['syslogfacility', choices('daemon user auth authpriv local0 local1 local2 local3 local4 local5 local6 local7')],
  ['tunnel', { ...BOOLEAN, ethernet: 'ethernet', 'point-to-point': 'point-to-point' }],
  ['warnweakcrypto', { ...BOOLEAN, 'no-pq-kex': 'no-pq-kex' }],
  ...all(
    'anything',
    'protocol cipher fallbacktorsh globalknownhostsfile2 rhostsauthentication userknownhostsfile2 useroaming usersh ' +
      'useprivilegedport afstokenpassing kerberosauthentication kerberostgtpassing rsaauthentication ' +
      'rhostsrsaauthentication compressionlevel',
  ),
]);

/** Other names of the same settings. */
const ALIASES: Readonly<Record<string, string>> = {
  challengeresponseauthentication: 'kbdinteractiveauthentication',
  dsaauthentication: 'pubkeyauthentication',
  hostbasedkeytypes: 'hostbasedacceptedalgorithms',
  identityfile2: 'identityfile',
  keepalive: 'tcpkeepalive',
  pubkeyacceptedkeytypes: 'pubkeyacceptedalgorithms',
  skeyauthentication: 'kbdinteractiveauthentication',
  smartcarddevice: 'pkcs11provider',
  tisauthentication: 'kbdinteractiveauthentication',
};

/** The keyword that was probably meant, one or two letters away; undefined when it may be a keyword of a newer ssh. */
export function slipOf(written: string): string | undefined {
  const allowed = written.length > 5 ? 2 : 1;
  return [...TAKES.keys(), ...Object.keys(ALIASES)].find((name) => distance(name, written) <= allowed);
}

/** The name that settings are kept under, and what it takes; undefined for a keyword that is not known. */
export function keywordOf(written: string): { readonly name: string; readonly takes: Takes } | undefined {
  const name = ALIASES[written] ?? written;
  const takes = TAKES.get(name);
  return takes === undefined ? undefined : { name, takes };
}
