/** Writing a host into cosmos.toml. What people wrote there stays as it is, byte for byte. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'smol-toml';
import writeFileAtomic from 'write-file-atomic';
import type { Config, HostConfig, HostDraft } from '../../schemas/index.js';
import { parseConfig } from '../config.js';
import { CosmosError, coerceError, errnoOf } from '../errors.js';

/** A draft whose root is known. */
export type CompleteDraft = HostDraft & { readonly root: string };

/** Hosts that are there without an entry. */
const RESERVED = ['local'];

/** As the file is now. @throws CosmosError config_invalid */
export function hostsIn(file: string): HostConfig[] {
  return parseConfig(read(file), file).host;
}

/** @throws CosmosError config_invalid when the name is taken, or the file cannot be read. */
export function mustBeFree(name: string, file: string): void {
  const taken = [...RESERVED, ...hostsIn(file).map((host) => host.name)];
  if (!taken.includes(name)) return;
  const message = `There is a host "${name}" already; choose another name, or change its entry in ${file}.`;
  throw new CosmosError('config_invalid', message, { file, name });
}

/**
 * Appends the host; the file is replaced by rename, after its new text was read as the daemon will read it.
 * @throws CosmosError config_invalid when the name is taken, or the file is written in a way that takes no more hosts.
 */
export function addToConfig(draft: CompleteDraft, file: string): void {
  mustBeFree(draft.name, file);
  const before = read(file);
  const after = before + separator(before) + block(draft, before);
  if (!addsOnly(parseConfig(before, file), tryParse(after, file), draft)) throw cannotTake(draft, file);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileAtomic.sync(file, after);
  } catch (error) {
    const message = `${file} cannot be written: ${coerceError(error).message}; add the host by hand:\n${block(draft, '')}`;
    throw new CosmosError('config_invalid', message, { file }, { cause: error });
  }
}

/** The host as text; with the line ends of the file. */
function block(draft: CompleteDraft, like: string): string {
  const text = stringify({ host: [draft] });
  return `${text.trimEnd()}\n`.replaceAll('\n', like.includes('\r\n') ? '\r\n' : '\n');
}

function separator(before: string): string {
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  if (before === '') return '';
  return before.endsWith('\n') ? end : end + end;
}

/** A file that does not exist yet is an empty one. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return '';
    const message = `${file} cannot be read: ${coerceError(error).message}.`;
    throw new CosmosError('config_invalid', message, { file }, { cause: error });
  }
}

function tryParse(text: string, file: string): Config | undefined {
  try {
    return parseConfig(text, file);
  } catch {
    return undefined; // the old text was fine: it is the new block that does not fit behind it
  }
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
