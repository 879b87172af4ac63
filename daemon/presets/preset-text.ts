/** Edits a preset in the text of cosmos.toml. All other text stays as it is, byte for byte. */
import { isDeepStrictEqual } from 'node:util';
import type { Config, NamedPreset } from '../../schemas/index.js';
import { parseConfig } from '../config.js';
import { tryParse } from '../config-text.js';
import { CosmosError } from '../errors.js';
import { type TomlValue, tableText, withoutKey, withTable, withValue } from '../toml-edit.js';

/** The preset as a user would write it. @throws CosmosError invalid_params */
export function presetAsText({ name, values }: NamedPreset): string {
  return tableText(pathOf(name), toTable(values));
}

/**
 * Adds the preset; an existing one of that name is changed in its place.
 * @throws CosmosError invalid_params for values that TOML cannot express, config_invalid when the text cannot take it.
 */
export function withPreset(before: string, preset: NamedPreset, file: string): string {
  const { name, values } = preset;
  const config = parseConfig(before, file);
  const path = pathOf(name);
  const table = toTable(values);
  const isThere = Object.hasOwn(config.preset, name);
  const ways = isThere
    ? [() => withValue(before, path, table), () => withTable(withoutKey(before, path), path, table)]
    : [() => withTable(before, path, table)];
  const after = firstThatSays({ ...config, preset: { ...config.preset, [name]: values } }, ways, file);
  if (after !== undefined) return after;
  const message = `${file} is written in a way that has no place for the preset; write it there by hand:\n${presetAsText(preset)}`;
  throw new CosmosError('config_invalid', message, { file, preset: name });
}

/** @throws CosmosError config_invalid when only the user can remove it by hand. */
export function withoutPreset(before: string, name: string, file: string): string {
  const config = parseConfig(before, file);
  const { [name]: _gone, ...preset } = config.preset;
  const after = firstThatSays({ ...config, preset }, [() => withoutKey(before, pathOf(name))], file);
  if (after !== undefined) return after;
  const message = `${file} is written in a way that the preset "${name}" cannot be taken out; do it by hand.`;
  throw new CosmosError('config_invalid', message, { file, preset: name });
}

const pathOf = (name: string) => ['preset', name];

/** Parses the new text as the daemon will, to check the edit. */
function firstThatSays(expected: Config, ways: readonly (() => string)[], file: string): string | undefined {
  for (const way of ways) {
    const text = way();
    if (isDeepStrictEqual(tryParse(text, file), expected)) return text;
  }
  return undefined;
}

type Json = NonNullable<NamedPreset['values']['set']>[string];

function toTable({ set, ...values }: NamedPreset['values']): { readonly [key: string]: TomlValue | undefined } {
  return { ...values, ...(set === undefined ? {} : { set: toToml(set, 'set') }) };
}

function toToml(value: Json, key: string): TomlValue {
  if (value === null) {
    const message = `${key} is null, which cosmos.toml cannot say; leave it out of the preset.`;
    throw new CosmosError('invalid_params', message, { field: `values.${key}` });
  }
  if (Array.isArray(value)) return value.map((one, at) => toToml(one, `${key}.${at}`));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, toToml(one, `${key}.${name}`)]));
}
