/** Match of ssh_config(5): whether a block is meant for a connection. Starts no process and asks no network. */
import net from 'node:net';
import { type Cut, nextWord } from './config-line.js';
import { matchesHostname, matchesPatterns } from './patterns.js';
import { configInvalid, type Position } from './position.js';

/** What criteria are compared with. */
export interface MatchSubject {
  /** What HostName has made of the host by now. */
  readonly host: string;
  readonly originalHost: string;
  readonly user: string;
  readonly localUser: string;
  readonly tag: string;
  /** Whether the files are read for the second time. */
  readonly isFinal: boolean;
  readonly addresses: () => readonly string[];
}

export interface MatchVerdict {
  readonly applies: boolean;
  /** The files have to be read a second time. */
  readonly wantsFinal: boolean;
  /** A criterion that we do not evaluate, when all others match; the block then does not apply. */
  readonly undecided: string | undefined;
}

type Criterion = (argument: string, subject: MatchSubject, position: Position) => boolean;

const list: (of: (subject: MatchSubject) => string) => Criterion = (of) => (argument, subject) =>
  matchesPatterns(argument.split(','), of(subject));

const CRITERIA: Readonly<Record<string, Criterion>> = {
  host: (argument, { host }) => matchesHostname(argument, host),
  originalhost: (argument, { originalHost }) => matchesHostname(argument, originalHost),
  user: list(({ user }) => user),
  localuser: list(({ localUser }) => localUser),
  tagged: list(({ tag }) => tag),
  sessiontype: list(() => 'exec'),
  localnetwork: (argument, { addresses }, position) => isOnNetwork(argument, addresses(), position),
};

/** Criteria that would need us to run a program, or that depend on how ssh itself was called. */
const UNDECIDED: readonly string[] = ['exec', 'version', 'command'];

/**
 * @param text what follows the keyword.
 * @throws CosmosError config_invalid for what ssh refuses.
 */
export function judgeMatch(text: string, subject: MatchSubject, position: Position): MatchVerdict {
  const fail = (why: string) => configInvalid(position, `Match ${why}`);
  let { word, rest } = nextWord(text);
  let [applies, wantsFinal, attributes] = [true, false, 0];
  let undecided: string | undefined;
  for (; word !== undefined && word !== ''; { word, rest } = nextWord(rest)) {
    if (word.startsWith('#')) {
      rest = undefined;
      break;
    }
    const isNegated = word.startsWith('!');
    const name = (isNegated ? word.slice(1) : word).toLowerCase();
    if (name === 'all') {
      const after: Cut = nextWord(rest);
      const isAlone = after.word === undefined || after.word === '' || after.word.startsWith('#');
      if (attributes > 1 || !isAlone) throw fail('all stands alone, or after final or canonical');
      applies &&= !isNegated;
      return { applies: applies && undecided === undefined, wantsFinal, undecided: applies ? undecided : undefined };
    }
    attributes++;
    if (name === 'final' || name === 'canonical') {
      wantsFinal ||= name === 'final';
      applies &&= subject.isFinal !== isNegated;
      continue;
    }
    const argument = nextWord(rest);
    rest = argument.rest;
    if (argument.word === undefined || argument.word === '' || argument.word.startsWith('#')) {
      throw fail(`${name} needs a value`);
    }
    if (UNDECIDED.includes(name)) undecided ??= name;
    else {
      const criterion = Object.hasOwn(CRITERIA, name) ? CRITERIA[name] : undefined;
      if (criterion === undefined) throw fail(`has no criterion "${name}"`);
      if (criterion(argument.word, subject, position) === isNegated) applies = false;
    }
  }
  if (attributes === 0) throw fail('needs a criterion; "Match all" is for every host');
  if (rest !== undefined && rest !== '') throw fail(`has more than it can take: ${rest}`);
  return { applies: applies && undecided === undefined, wantsFinal, undecided: applies ? undecided : undefined };
}

/** One of these networks ("10.0.0.0/8,fe80::/10") holds an address of this machine. */
function isOnNetwork(networks: string, addresses: readonly string[], position: Position): boolean {
  const blocks = new net.BlockList();
  for (const network of networks.split(',')) {
    const [address = '', bits] = network.split('/');
    const version = net.isIP(address);
    const length = bits === undefined ? (version === 4 ? 32 : 128) : Number(bits);
    if (version === 0 || !(length >= 0 && length <= (version === 4 ? 32 : 128))) {
      throw configInvalid(position, `Match localnetwork "${network}" is no network; write 10.0.0.0/8`);
    }
    blocks.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6');
  }
  return addresses.some((address) => {
    const [bare = ''] = address.split('%');
    return blocks.check(bare, net.isIPv4(bare) ? 'ipv4' : 'ipv6');
  });
}
