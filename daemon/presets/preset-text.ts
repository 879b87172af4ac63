/** A preset in the text of cosmos.toml. What people wrote there beside it stays as it is, byte for byte. */
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'smol-toml';
import type { Config, NamedPreset } from '../../schemas/index.js';
import { parseConfig, type TableText, tablesIn } from '../config.js';
import { tryParse } from '../config-text.js';
import { CosmosError } from '../errors.js';

/** As a table of its own. */
export function presetAsText({ name, values }: NamedPreset): string {
  return `${stringify({ preset: { [name]: values } }).trimEnd()}\n`;
}

/** @throws CosmosError config_invalid when the text is written in a way that does not take it. */
export function withPreset(before: string, preset: NamedPreset, file: string): string {
  const { name, values } = preset;
  const config = parseConfig(before, file);
  const rest = withoutTables(before, name, file);
  const after = rest + separator(rest) + presetAsText(preset).replaceAll('\n', before.includes('\r\n') ? '\r\n' : '\n');
  mustBe(after, { ...config, preset: { ...config.preset, [name]: values } }, file);
  return after;
}

/** @throws CosmosError config_invalid when only a person can take it out. */
export function withoutPreset(before: string, name: string, file: string): string {
  const config = parseConfig(before, file);
  const { [name]: _, ...preset } = config.preset;
  const after = withoutTables(before, name, file);
  mustBe(after, { ...config, preset }, file);
  return after;
}

function mustBe(text: string, expected: Config, file: string): void {
  if (isDeepStrictEqual(tryParse(text, file), expected)) return;
  throw new CosmosError('config_invalid', `${file} is written in a way that only a person can change; do it by hand.`, {
    file,
  });
}

function withoutTables(text: string, name: string, file: string): string {
  const own = tablesIn(text, file).filter(({ key }) => key[0] === 'preset' && key[1] === name);
  return own.reduceRight(withoutTable, text);
}

function withoutTable(text: string, { from, to }: TableText): string {
  const begin = text.lastIndexOf('\n', from) + 1;
  const newline = text.indexOf('\n', to);
  const rest = newline === -1 ? '' : text.slice(newline + 1).replace(/^(?:[ \t]*\r?\n)+/, '');
  return text.slice(0, begin) + rest;
}

function separator(before: string): string {
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  if (before === '') return '';
  return before.endsWith('\n') ? end : end + end;
}
