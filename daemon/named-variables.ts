/** Names of variables that the user's own files use: cosmos.toml in its paths, ~/.ssh/config in those of keys and agents. */
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { KINDS } from './foreign/kinds.js';
import { readTextSync } from './text/read.js';

/** $NAME, ${NAME}, $env:NAME and %NAME%, as written-path.ts reads them. */
const VARIABLE = /\$env:([a-z_]\w*)|\$\{([a-z_]\w*)\}|\$([a-z_]\w*)|%([a-z_][\w()]*)%/gi;
/** Most files that are read, because files may include each other. */
const MOST_FILES = 50;

/** @param configFile cosmos.toml; null = there is none. */
export function namedVariables(configFile: string | null, home = homedir()): string[] {
  const texts = [...(configFile === null ? [] : [textOf(configFile)]), ...sshTexts(home)];
  const names = texts.flatMap((text) => [...text.matchAll(VARIABLE)].map((match) => match.slice(1).join('')));
  return [...new Set(names)];
}

/** The user's ssh_config and what it includes. */
function sshTexts(home: string): string[] {
  const folder = path.join(home, '.ssh');
  const waiting = [path.join(folder, 'config')];
  const seen = new Set<string>();
  const texts: string[] = [];
  for (let file = waiting.shift(); file !== undefined && seen.size < MOST_FILES; file = waiting.shift()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = textOf(file);
    texts.push(text);
    for (const [, words = ''] of text.matchAll(/^[ \t]*include[ \t=]+(.*)$/gim))
      waiting.push(...included(words, folder, home));
  }
  return texts;
}

/** Supports "*" in the last part of a pattern only; files of other patterns are not read. */
function included(words: string, folder: string, home: string): string[] {
  return words.split(/\s+/).flatMap((word) => {
    const file = path.resolve(folder, word.replaceAll('"', '').replace(/^~(?=\/)/, home));
    if (!path.basename(file).includes('*')) return [file];
    const [before = '', after = ''] = path.basename(file).split('*', 2);
    const names = namesIn(path.dirname(file)).filter((name) => name.startsWith(before) && name.endsWith(after));
    return names.map((name) => path.join(path.dirname(file), name));
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // the reader of the configuration reports it
  }
}

function textOf(file: string): string {
  try {
    return readTextSync(file, 'config_invalid', KINDS.configuration).text;
  } catch {
    return ''; // the real reader of the file reports why it cannot be read
  }
}
