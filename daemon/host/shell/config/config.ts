/**
 * What ssh_config files say about one host, as `ssh -G` says it, but without starting a program or asking the network:
 * "Match exec" and canonical names are left out, and the remarks say where.
 */
import path from 'node:path';
import { canonicalHost } from './address.js';
import { readConfigFile } from './config-file.js';
import { type ConfigLine, readLine } from './config-line.js';
import { valuesOf } from './config-values.js';
import type { Destination } from './destination.js';
import type { SshEnvironment } from './environment.js';
import { filesOf } from './include.js';
import { keywordOf, slipOf } from './keywords.js';
import { judgeMatch } from './match.js';
import { matchesPatterns } from './patterns.js';
import { configInvalid, type Position, positionIn } from './position.js';
import { HostSettings } from './settings.js';
import { expandHome, expandTokens, expandVariables } from './tokens.js';

/** Levels of Include; OpenSSH allows as many. */
const MAX_DEPTH = 16;

export interface HostConfiguration {
  readonly settings: HostSettings;
  /** What is dialled: HostName or what was typed, an address in its usual form. */
  readonly host: string;
  /** Where ssh may act differently: sentences with file and line. */
  readonly remarks: ReadonlySet<string>;
}

/**
 * Settings of a host; the first value of a keyword wins, and what is typed wins over all.
 * @param isReached the way to the host is known already: its own ProxyJump and ProxyCommand do not count.
 * @throws CosmosError config_invalid for a file that cannot be read, and for a line that ssh refuses.
 */
export function readSettings(typed: Destination, environment: SshEnvironment, isReached = false): HostConfiguration {
  const reader = new Reader(typed, environment);
  if (isReached) reader.settings.fix('proxyjump', 'none');
  const first = reader.read();
  const canonicalize = reader.settings.value('canonicalizehostname') ?? 'no';
  const host = first.wantsFinal || canonicalize !== 'no' ? reader.reread() : reader.host();
  return { settings: reader.settings, host, remarks: reader.remarks };
}

/** Where lines are read, and what that allows them. */
interface Scope {
  readonly isUser: boolean;
  /** Folder that relative Includes start from. */
  readonly base: string;
  readonly depth: number;
  /** Included from a block that does not apply: only looked at for mistakes. */
  readonly isShut: boolean;
}

class Reader {
  readonly settings = new HostSettings();
  readonly remarks = new Set<string>();
  /** What Host patterns are compared with. */
  private name: string;
  private isFinal = false;
  private wantsFinal = false;

  constructor(
    private readonly typed: Destination,
    private readonly environment: SshEnvironment,
  ) {
    this.name = typed.host;
    if (typed.user !== undefined) this.settings.fix('user', typed.user);
    if (typed.port !== undefined) this.settings.fix('port', String(typed.port));
  }

  read(): { wantsFinal: boolean } {
    for (const [at, file] of this.environment.configFiles.entries()) {
      const scope = { isUser: at === 0, base: path.dirname(file), depth: 0, isShut: false };
      this.file(file, scope, at === 0, true);
    }
    return { wantsFinal: this.wantsFinal };
  }

  /** Reads all files a second time, for the host name that the first reading found. */
  reread(): string {
    this.name = this.host();
    this.settings.fix('hostname', this.name);
    if (this.settings.first('canonicalizehostname') === undefined) this.settings.fix('canonicalizehostname', 'no');
    this.isFinal = true;
    this.read();
    return this.name;
  }

  host(): string {
    return canonicalHost(this.named(), familyOf(this.settings));
  }

  /** The host after HostName is applied; HostName knows only the tokens "%h" and "%%", a typed name none. */
  private named(): string {
    const setting = this.settings.first('hostname');
    if (setting === undefined || this.isFinal) return setting?.value ?? this.typed.host;
    return expandTokens(setting, { h: this.typed.host });
  }

  private file(file: string, scope: Scope, isGuarded: boolean, isOpen: boolean): void {
    const { home } = this.environment;
    let isActive = isOpen;
    for (const [index, text] of (readConfigFile(file, isGuarded, home) ?? []).entries()) {
      const position = positionIn(file, index + 1, home);
      const line = readLine(text);
      if (line === undefined) continue;
      if ('problem' in line) throw configInvalid(position, line.problem);
      isActive = this.line(line, position, scope, isActive);
    }
  }

  /** Whether the lines after this one apply. */
  private line(line: ConfigLine, position: Position, scope: Scope, isActive: boolean): boolean {
    const keyword = keywordOf(line.keyword);
    if (keyword === undefined) return this.unknown(line, position, isActive);
    switch (keyword.name) {
      case 'host':
        return this.isHost(line.args, position) && !scope.isShut;
      case 'match':
        return this.isMatch(line.text, position, scope.isShut);
      case 'include':
        this.include(line.args, position, scope, isActive);
        return isActive;
      default: {
        const values = valuesOf(keyword.takes, { line, position, environment: this.environment });
        if (!isActive) return false;
        if (values.some((value) => value.includes('\uFFFD')))
          throw configInvalid(position, 'holds bytes that are not UTF-8');
        this.settings.add(keyword.name, values, position);
        return true;
      }
    }
  }

  /** ssh refuses the file. We refuse it for a typing mistake, but not for a keyword that a newer ssh may know. */
  private unknown({ keyword, written }: ConfigLine, position: Position, isActive: boolean): boolean {
    const ignored = this.settings.value('ignoreunknown')?.toLowerCase().split(',') ?? [];
    if (matchesPatterns(ignored, keyword)) return isActive;
    const meant = slipOf(keyword);
    if (meant !== undefined || !/^[a-z][a-z0-9]*$/.test(keyword)) {
      const hint = meant === undefined ? '' : `; ${meant} may be meant`;
      throw configInvalid(position, `there is no setting "${written}"${hint}`);
    }
    this.remarks.add(
      `${position.shown}: ${written} is no setting that is known here; it is passed over, and ssh may refuse it`,
    );
    return isActive;
  }

  private isHost(patterns: readonly string[], position: Position): boolean {
    if (patterns.includes('')) throw configInvalid(position, 'host holds an empty pattern');
    return matchesPatterns(patterns, this.name);
  }

  private isMatch(text: string, position: Position, isShut: boolean): boolean {
    const { localUser, addresses } = this.environment;
    const subject = {
      ...{ host: this.named(), originalHost: this.typed.host, localUser, addresses, isFinal: this.isFinal },
      user: this.settings.value('user') ?? localUser,
      tag: this.settings.value('tag') ?? '',
    };
    const { applies, wantsFinal, undecided } = judgeMatch(text, subject, position);
    this.wantsFinal ||= wantsFinal;
    if (undecided !== undefined && !isShut) this.remarks.add(undecidedMatch(undecided, position));
    return applies && !isShut;
  }

  private include(patterns: readonly string[], position: Position, scope: Scope, isActive: boolean): void {
    if (scope.depth >= MAX_DEPTH) throw configInvalid(position, 'the Includes go in a circle, or too deep');
    for (const pattern of patterns) {
      if (pattern === '') throw configInvalid(position, 'include names an empty file');
      if (pattern.startsWith('~') && !scope.isUser) {
        throw configInvalid(
          position,
          `include "${pattern}" begins in a home folder, which a file of the system must not`,
        );
      }
      const unset = unsetVariable(pattern, this.environment);
      if (unset !== undefined) {
        this.remarks.add(`${position.shown}: ${unset} is not set here, so Include ${pattern} finds nothing`);
        continue;
      }
      const value = expandVariables({ value: pattern, position }, this.environment.variables);
      const full = path.resolve(scope.base, expandHome({ value, position }, this.environment));
      const inside = { ...scope, depth: scope.depth + 1, isShut: scope.isShut || !isActive };
      for (const file of filesOf(full)) this.file(file, inside, true, isActive);
    }
  }
}

/** 4 or 6 when AddressFamily asks for it. */
export function familyOf(settings: HostSettings): 4 | 6 | undefined {
  const setting = settings.value('addressfamily');
  if (setting === 'inet') return 4;
  return setting === 'inet6' ? 6 : undefined;
}

/** Include expands variables since OpenSSH 9.9; the daemon may have fewer variables than the user's terminal. */
function unsetVariable(pattern: string, { variables }: SshEnvironment): string | undefined {
  const names = [...pattern.matchAll(/\$\{([^}]+)\}/g)].map(([, name = '']) => name);
  return names.find((name) => variables[name] === undefined);
}

function undecidedMatch(criterion: string, { shown }: Position): string {
  const why = criterion === 'exec' ? 'is not run here' : 'is not looked at here';
  return `${shown}: Match ${criterion} ${why}, so its block does not apply; write what this host needs in a Host block`;
}
