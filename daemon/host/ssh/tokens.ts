/** Paths and names of ssh_config(5): "~/", "%h" and its like, "${VARIABLE}". */
import path from 'node:path';
import { CosmosError } from '../../errors.js';
import type { SshEnvironment } from './environment.js';

/** Values of the tokens that a setting may hold, by their letter. */
export type Tokens = Readonly<Record<string, string>>;

/** @throws CosmosError config_invalid for a token that has no value here. */
export function expandTokens(text: string, tokens: Tokens): string {
  return text.replace(/%(.?)/g, (token, letter: string) => {
    const value = letter === '%' ? '%' : tokens[letter];
    if (value === undefined) throw invalid(text, `"${token}" is not understood there`);
    return value;
  });
}

/** An absolute path. @throws CosmosError config_invalid for an unknown token or a variable that is not set. */
export function expandPath(text: string, tokens: Tokens, environment: SshEnvironment): string {
  const named = text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const value = environment.variables[name];
    if (value === undefined) throw invalid(text, `the variable ${name} is not set`);
    return value;
  });
  const home = named.replace(/^~(?=$|[/\\])/, () => environment.home);
  return path.resolve(environment.home, expandTokens(home, tokens));
}

function invalid(text: string, why: string): CosmosError {
  return new CosmosError('config_invalid', `The SSH configuration says "${text}": ${why}.`, { value: text });
}
