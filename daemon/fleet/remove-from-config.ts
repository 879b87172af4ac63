/** Removes a host from cosmos.toml. Everything else in the file stays, also comments. */
import { isDeepStrictEqual } from 'node:util';
import { parseConfig } from '../config.js';
import { readConfigText, tryParse, writeConfigText } from '../config-text.js';
import { CosmosError } from '../errors.js';
import { withoutKey } from '../toml-edit.js';

/**
 * Removes the entry of the host with the tables of its engines. Comments inside the entry go, comments above and below
 * stay. @returns false when the host has no entry.
 * @throws CosmosError config_invalid when the entry is written in a way that only a person can edit.
 */
export function removeFromConfig(name: string, file: string): boolean {
  const written = readConfigText(file);
  const before = written.text;
  const config = parseConfig(before, file);
  const index = config.host.findIndex((host) => host.name === name);
  if (index === -1) return false;
  const after = withoutKey(before, ['host', index]);
  const expected = { ...config, host: config.host.toSpliced(index, 1) };
  if (!isDeepStrictEqual(tryParse(after, file), expected)) throw cannotTakeOut(name, file);
  writeConfigText(written, after, `take the entry of ${name} out by hand.`);
  return true;
}

function cannotTakeOut(name: string, file: string): CosmosError {
  const message = `${file} is written in a way that the entry of ${name} cannot be taken out; do it by hand, then try again.`;
  return new CosmosError('config_invalid', message, { file, name });
}
