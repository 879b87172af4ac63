/** cosmos.toml -> Config. Every complaint names file, key and line. */
import path from 'node:path';
import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser';
import type * as z from 'zod';
import { Config } from '../schemas/index.js';
import { withoutLoginPassword } from '../schemas/ssh-login.js';
import { CosmosError, errnoOf } from './errors.js';
import { KINDS } from './foreign/kinds.js';
import { configDir } from './state-dir.js';
import { withLineFeeds } from './text/lines.js';
import { readTextSync } from './text/read.js';
import { writtenPath } from './written-path.js';

export interface LoadedConfig {
  readonly config: Config;
  /** The file it was read from; null = no file, and all defaults apply. */
  readonly file: string | null;
}

/** The user's default file, which may be missing. */
export const defaultConfigFile = path.join(configDir, 'cosmos.toml');

/**
 * Reads `file`, else $COSMOS_CONFIG, else cosmos.toml of the user's config folder. Only that last one may be missing.
 * @throws CosmosError config_invalid
 */
export function loadConfig(file = process.env.COSMOS_CONFIG): LoadedConfig {
  const asked = file !== undefined && file !== '';
  const chosen = asked ? writtenPath(file, process.cwd()) : defaultConfigFile;
  const text = read(chosen, asked);
  if (text === null) return { config: Config.parse({}), file: null };
  return { config: parseConfig(text, chosen), file: chosen };
}

function read(file: string, mustExist: boolean): string | null {
  try {
    return withLineFeeds(readTextSync(file, 'config_invalid', KINDS.configuration).text);
  } catch (error) {
    if (error instanceof CosmosError) throw error;
    if (!mustExist && errnoOf(error) === 'ENOENT') return null;
    const why = errnoOf(error) === 'ENOENT' ? 'does not exist' : `cannot be read (${errnoOf(error)})`;
    throw new CosmosError('config_invalid', `The configuration file ${file} ${why}.`, { file }, { cause: error });
  }
}

/** Parses the text of `file`; relative paths in it are relative to its folder, all others as `written-path.ts` reads them. */
export function parseConfig(text: string, file: string): Config {
  const program = parse(text, file);
  const parsed = Config.safeParse(getStaticTOMLValue(program));
  if (!parsed.success) throw complaint(parsed.error, program, file);
  return withPaths(withoutPasswords(parsed.data, program, file), program, file);
}

/** [[host]] entries from whose address a password was removed. */
const HAD_PASSWORD = new WeakMap<object, string>();

/** Where the address of a host had a password, "cosmos.toml:12"; undefined when it had none. Connecting then refuses it. */
export function placeOfPassword(host: object): string | undefined {
  return HAD_PASSWORD.get(host);
}

/** Removes a password from an address as soon as it is read. Connecting to the rest of the address is refused. */
function withoutPasswords(config: Config, toml: AST.TOMLProgram, file: string): Config {
  const host = config.host.map((entry, at) => {
    const ssh = withoutLoginPassword(entry.ssh);
    if (ssh === undefined) return entry;
    const changed = { ...entry, ssh };
    HAD_PASSWORD.set(changed, `${file}:${lineOf(toml, ['host', at, 'ssh'])}`);
    return changed;
  });
  return { ...config, host };
}

/** Makes every path of this computer absolute. All bad paths are reported at once, because they often have one cause. */
function withPaths(config: Config, toml: AST.TOMLProgram, file: string): Config {
  const wrong: { readonly line: number; readonly key: string; readonly message: string }[] = [];
  const read = (written: string, ...keys: (string | number)[]): string => {
    try {
      return writtenPath(written, path.dirname(file));
    } catch (error) {
      if (!(error instanceof CosmosError)) throw error;
      const [line, key] = [lineOf(toml, keys), keys.join('.')];
      wrong.push({ line, key, message: `${file}:${line}: ${key}: ${error.message}` });
      return written;
    }
  };
  // A name without a folder is searched on PATH.
  const program = (name: string, key: string) => (/^[\w.-]+$/.test(name) ? name : read(name, 'daemon', key));
  const { daemon, results } = config;
  const whole: Config = {
    ...config,
    daemon: {
      ...daemon,
      ffmpeg: daemon.ffmpeg && program(daemon.ffmpeg, 'ffmpeg'),
      ffprobe: daemon.ffprobe && program(daemon.ffprobe, 'ffprobe'),
    },
    results: { folder: results.folder === undefined ? undefined : read(results.folder, 'results', 'folder') },
    watch: config.watch.map((entry, at) => ({ ...entry, path: read(entry.path, 'watch', at, 'path') })),
  };
  const [first] = wrong;
  if (first === undefined) return whole;
  const { line, key } = first;
  throw new CosmosError('config_invalid', wrong.map(({ message }) => message).join('\n'), { file, line, key });
}

function parse(text: string, file: string): AST.TOMLProgram {
  try {
    return parseTOML(text);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { lineNumber: line, column } = error;
    const advice = adviceOn(text.split(/\r?\n/)[line - 1] ?? '');
    const message = `${file}:${line}:${column + 1}: this is not TOML: ${error.message}.${advice}`;
    throw new CosmosError('config_invalid', message, { file, line }, { cause: error });
  }
}

/** The likely cause of a line that is not TOML: a Windows path in double quotes, or a text without quotes. */
function adviceOn(line: string): string {
  const [, windows] = /^[^"'#]*"([^"]*\\[^"]*)/.exec(line) ?? [];
  if (windows !== undefined) {
    const slashes = windows.replaceAll('\\', '/');
    return ` In double quotes a backslash begins an escape: write '${windows}' in single quotes, or "${slashes}".`;
  }
  const [, bare] = /^[^"'#=]*=\s*([^"'[{\s#][^"'#]*?)\s*(?:#.*)?$/.exec(line) ?? [];
  return bare === undefined ? '' : ` A text stands in quotes: write '${bare}'.`;
}

function complaint(error: z.ZodError, program: AST.TOMLProgram, file: string): CosmosError {
  const issue = error.issues[0];
  const keys = issue === undefined ? [] : issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const full = unknown === undefined ? keys : [...keys, unknown];
  const line = lineOf(program, full);
  const what = unknown === undefined ? issue?.message : 'there is no such key';
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : '';
  const message = `${file}:${line}: ${full.join('.')}: ${what}${more}.`;
  return new CosmosError('config_invalid', message, { file, line, key: full.join('.') }, { cause: error });
}

/** Line of the deepest node whose key path is a prefix of `keys`; a missing key is reported at its table. */
function lineOf(program: AST.TOMLProgram, keys: readonly (string | number)[]): number {
  let best = { depth: 0, line: 1 };
  const visit = (node: AST.TOMLNode, prefix: readonly (string | number)[]): void => {
    const at = prefix.every((key, i) => key === keys[i]) ? prefix.length : -1;
    if (at < 0) return;
    if (at > best.depth) best = { depth: at, line: node.loc.start.line };
    for (const child of childrenOf(node, prefix)) visit(child.node, child.path);
  };
  visit(program, []);
  return best.line;
}

function childrenOf(node: AST.TOMLNode, prefix: readonly (string | number)[]) {
  switch (node.type) {
    case 'Program':
      return node.body.map((child) => ({ node: child as AST.TOMLNode, path: prefix }));
    case 'TOMLTopLevelTable':
      return node.body.map((child) => ({
        node: child as AST.TOMLNode,
        path: child.type === 'TOMLTable' ? child.resolvedKey : [...prefix, ...getStaticTOMLValue(child.key)],
      }));
    case 'TOMLTable':
    case 'TOMLInlineTable':
      return node.body.map((child) => ({ node: child, path: [...prefix, ...getStaticTOMLValue(child.key)] }));
    case 'TOMLKeyValue':
      return [{ node: node.value as AST.TOMLNode, path: prefix }];
    case 'TOMLArray':
      return node.elements.map((child, i) => ({ node: child as AST.TOMLNode, path: [...prefix, i] }));
    default:
      return [];
  }
}
