/**
 * What ssh_config files say about one host. The files are parsed by a library and evaluated here, because evaluating
 * must start no process: "Match exec" and canonical names are never run, and such a block does not apply.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import SSHConfig, { type Directive, type Line, LineType } from 'ssh-config';
import { globSync } from 'tinyglobby';
import { CosmosError, coerceError, errnoOf } from '../../errors.js';
import type { SshEnvironment } from './environment.js';
import { matchesPatterns } from './patterns.js';

/** Levels of Include; OpenSSH allows as many. */
const MAX_DEPTH = 16;

/** What is asked for, as the user typed it. */
export interface HostQuery {
  readonly host: string;
  readonly user: string | undefined;
}

/** Settings of a host by keyword in lower case. The first value wins; only IdentityFile and CertificateFile add up. */
export class HostSettings {
  private readonly values = new Map<string, readonly string[]>();

  first(keyword: string): string | undefined {
    return this.values.get(keyword)?.[0];
  }

  all(keyword: string): readonly string[] | undefined {
    return this.values.get(keyword);
  }

  add(keyword: string, values: readonly string[]): void {
    const before = this.values.get(keyword);
    if (before === undefined) this.values.set(keyword, values);
    else if (keyword === 'identityfile' || keyword === 'certificatefile')
      this.values.set(keyword, [...before, ...values]);
  }
}

/** @throws CosmosError config_invalid when a file is there and cannot be read or parsed. */
export function readSettings(query: HostQuery, environment: SshEnvironment): HostSettings {
  const reader = new Reader(query, environment);
  for (const file of environment.configFiles) reader.file(file, path.dirname(file), 0);
  return reader.settings;
}

class Reader {
  readonly settings = new HostSettings();

  constructor(
    private readonly query: HostQuery,
    private readonly environment: SshEnvironment,
  ) {}

  /** @param base folder that relative Includes start from. */
  file(file: string, base: string, depth: number): void {
    if (depth > MAX_DEPTH) throw invalid(file, 'its Includes go in a circle');
    this.apply(parse(file), base, depth);
  }

  private apply(lines: readonly Line[], base: string, depth: number): void {
    for (const line of lines) {
      if (line.type !== LineType.DIRECTIVE) continue;
      if ('config' in line) {
        if (this.applies(line)) this.apply(line.config, base, depth);
      } else if (line.param.toLowerCase() === 'include') {
        for (const file of this.included(valuesOf(line), base)) this.file(file, base, depth + 1);
      } else {
        this.settings.add(line.param.toLowerCase(), valuesOf(line));
      }
    }
  }

  private applies(section: Directive): boolean {
    const values = valuesOf(section);
    return section.param.toLowerCase() === 'host' ? matchesPatterns(values, this.query.host) : this.matches(values);
  }

  private matches(criteria: readonly string[]): boolean {
    const { host, user } = this.query;
    const subjects: Readonly<Record<string, string>> = {
      host: this.settings.first('hostname') ?? host,
      originalhost: host,
      user: user ?? this.settings.first('user') ?? this.environment.localUser,
      localuser: this.environment.localUser,
    };
    for (let at = 0; at < criteria.length; at++) {
      const keyword = (criteria[at] ?? '').toLowerCase();
      if (keyword === 'all') continue;
      const subject = subjects[keyword.replace(/^!/, '')];
      if (subject === undefined) return false;
      at++;
      if (matchesPatterns((criteria[at] ?? '').split(','), subject) === keyword.startsWith('!')) return false;
    }
    return true;
  }

  private included(patterns: readonly string[], base: string): string[] {
    return patterns.flatMap((pattern) => {
      const full = path.resolve(base, pattern.replace(/^~(?=[/\\])/, this.environment.home));
      return globSync(full.split(path.sep).join('/'), { absolute: true, dot: true }).sort();
    });
  }
}

function valuesOf(line: Directive): string[] {
  return typeof line.value === 'string' ? [line.value] : line.value.map(({ val }) => val);
}

function parse(file: string): readonly Line[] {
  try {
    return SSHConfig.parse(readFileSync(file));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return [];
    throw invalid(file, coerceError(error).message, error);
  }
}

function invalid(file: string, why: string, cause?: unknown): CosmosError {
  return new CosmosError(
    'config_invalid',
    `The SSH configuration ${file} cannot be read: ${why}.`,
    { file },
    { cause },
  );
}
