/** Writes a host into cosmos.toml. All other bytes of the file stay as they are. */
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'smol-toml';
import type { Config, HostConfig, HostDraft } from '../../schemas/index.js';
import { parseConfig } from '../config.js';
import { readConfigText, tryParse, writeConfigText } from '../config-text.js';
import { CosmosError } from '../errors.js';

/** A draft whose root is known. */
export type CompleteDraft = HostDraft & { readonly root: string };

/** Names of hosts that exist without an entry. */
const RESERVED = ['local'];

/** The hosts that the file has now. @throws CosmosError config_invalid */
export function hostsIn(file: string): HostConfig[] {
  return parseConfig(readConfigText(file).text, file).host;
}

/** @throws CosmosError config_invalid when the name is taken, or the file cannot be read. */
export function mustBeFree(name: string, file: string): void {
  const taken = [...RESERVED, ...hostsIn(file).map((host) => host.name)];
  if (!taken.includes(name)) return;
  const message = `There is a host "${name}" already; choose another name, or change its entry in ${file}.`;
  throw new CosmosError('config_invalid', message, { file, name });
}

/**
 * Appends the host. The new text is parsed before it replaces the file by a rename.
 * @throws CosmosError config_invalid when the name is taken, or an entry at the end of this file would not parse.
 */
export function addToConfig(draft: CompleteDraft, file: string): void {
  mustBeFree(draft.name, file);
  const config = readConfigText(file);
  const before = config.text;
  const after = before + separator(before) + block(draft, before);
  if (!addsOnly(parseConfig(before, file), tryParse(after, file), draft)) throw cannotTake(draft, file);
  writeConfigText(config, after, `add the host by hand:\n${block(draft, '')}`);
}

/** The entry of the host as text, with the line ends of the file. */
function block(draft: CompleteDraft, like: string): string {
  const text = stringify({ host: [draft] });
  return `${text.trimEnd()}\n`.replaceAll('\n', like.includes('\r\n') ? '\r\n' : '\n');
}

function separator(before: string): string {
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  if (before === '') return '';
  return before.endsWith('\n') ? end : end + end;
}

function addsOnly(before: Config, after: Config | undefined, { name, root }: CompleteDraft): boolean {
  const added = after?.host.at(-1);
  return (
    added?.name === name &&
    added.root === root &&
    isDeepStrictEqual({ ...after, host: after?.host.slice(0, -1) }, before)
  );
}

function cannotTake(draft: CompleteDraft, file: string): CosmosError {
  const message = `${file} is written in a way that takes no more hosts at its end; add this one by hand:\n${block(draft, '')}`;
  return new CosmosError('config_invalid', message, { file });
}
