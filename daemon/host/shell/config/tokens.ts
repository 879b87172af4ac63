/** Paths and names of ssh_config(5): "~/", "%h" and its like, "${VARIABLE}". */
import path from 'node:path';
import type { SshEnvironment } from './environment.js';
import { configInvalid, type Position } from './position.js';

/** Values of the tokens that a setting may hold, by their letter. */
export type Tokens = Readonly<Record<string, string>>;
type Variables = SshEnvironment['variables'];

/** A setting with its place. */
export interface Written {
  readonly value: string;
  readonly position: Position;
}

/** Values are inserted unchanged and not expanded again. @throws CosmosError config_invalid for a token without a value. */
export function expandTokens({ value, position }: Written, tokens: Tokens): string {
  return value.replace(/%(.?)/gsu, (token, letter: string) => tokenOf(token, letter, value, tokens, position));
}

/** @throws CosmosError config_invalid for an unknown token and for a variable that is not set. */
export function expandAll({ value, position }: Written, tokens: Tokens, variables: Variables): string {
  return value.replace(
    /\$\{([^}]*)(\}?)|%(.?)/gsu,
    (found, name: string | undefined, brace: string, letter: string) => {
      if (name === undefined) return tokenOf(found, letter, value, tokens, position);
      return variableOf(name, brace, value, variables, position);
    },
  );
}

/** @throws CosmosError config_invalid for a variable that is not set. */
export function expandVariables({ value, position }: Written, variables: Variables): string {
  return value.replace(/\$\{([^}]*)(\}?)/gs, (_, name: string, brace: string) => {
    return variableOf(name, brace, value, variables, position);
  });
}

/**
 * An absolute path: first the home folder, then tokens and variables. A relative one starts from the home folder.
 * @throws CosmosError config_invalid as expandAll() does, and for the home folder of an unknown user.
 */
export function expandPath(written: Written, tokens: Tokens, environment: SshEnvironment): string {
  const value = expandHome(written, environment);
  return path.resolve(environment.home, expandAll({ ...written, value }, tokens, environment.variables));
}

/** "~/x" and "~user/x". @throws CosmosError config_invalid for a user who is not known. */
export function expandHome({ value, position }: Written, environment: SshEnvironment): string {
  const end = path.sep === '\\' ? /[/\\]/ : /\//;
  if (!value.startsWith('~')) return value;
  const slash = value.search(end);
  const user = value.slice(1, slash === -1 ? undefined : slash);
  const home = user === '' ? environment.home : environment.homeOf(user);
  if (home === undefined) throw configInvalid(position, `the home folder of ${user} in "${value}" is not known`);
  return path.join(home, slash === -1 ? '' : value.slice(slash));
}

function tokenOf(token: string, letter: string, value: string, tokens: Tokens, position: Position): string {
  const found = letter === '%' ? '%' : tokens[letter];
  if (found !== undefined) return found;
  throw configInvalid(position, `"${token}" in "${value}" is not understood there; a percent sign is written %%`);
}

function variableOf(name: string, brace: string, value: string, variables: Variables, position: Position): string {
  if (brace === '' || name === '') throw configInvalid(position, `"${value}" names no environment variable after $\{`);
  const found = variables[name];
  if (found === undefined) throw configInvalid(position, `the environment variable ${name} in "${value}" is not set`);
  return found;
}
