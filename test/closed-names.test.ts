/**
 * Design: no file outside an engine's own folder names an engine or a task, and none outside a host kind's own folder
 * names a kind. That is not so yet. These tests count the files that do, so that the number only goes down.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const ENGINES = ['preview', 'transfer2.5', 'cosmos3', 'predict2.5', 'seedvr2', 'curator', 'reasoner'];
const TASKS = ['transfer', 'generate', 'upscale', 'enhance', 'guard', 'curate', 'train', 'evaluate'];
const KINDS = ['local', 'ssh', 'slurm', 'kubernetes', 'hosted'];

/** Where the defaults of the configuration and the demo's own story are, which speak of all of them. */
const EXCEPTED = /^(schemas\/config\.ts|daemon\/(config\.ts|demo\/))/;
/** A folder or file that is an engine's or a kind's own. */
const HOME_OF_ENGINE = /(^|\/)(preview|transfer25|cosmos3)(\/|[.-])/;
const HOME_OF_KIND = /^daemon\/host\/(local|ssh|shell)\//;

interface Ratchet {
  readonly what: string;
  readonly names: readonly string[];
  readonly home: RegExp;
  /** Files that name one of them today: write a lower number here when there are fewer. */
  readonly files: number;
}

const RATCHETS: readonly Ratchet[] = [
  { what: 'an engine', names: ENGINES, home: HOME_OF_ENGINE, files: 52 },
  { what: 'a task', names: TASKS, home: HOME_OF_ENGINE, files: 2 },
  { what: 'a kind of host', names: KINDS, home: HOME_OF_KIND, files: 11 },
];

const WORDS = new Map(sources().map((file) => [file, wordsOf(file)]));

test.each(RATCHETS)('the number of files that name $what only goes down', ({ names, home, files }) => {
  const found = [...WORDS].filter(([file, words]) => {
    return !EXCEPTED.test(file) && !home.test(file) && names.some((name) => words.has(name));
  });
  expect(found.length, found.map(([file]) => file).join('\n')).toBe(files);
});

/** Its strings and the keys of its objects: `case 'cosmos3'`, `{ cosmos3: ... }`. The key `preview` is a word of its own. */
function wordsOf(file: string): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) words.add(node.text);
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) {
      const { text } = node.name;
      if (text !== 'preview') words.add(text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest));
  return words;
}

/** Every source of the program, relative to the root, with forward slashes. */
function sources(): string[] {
  return ['schemas', 'client', 'daemon', 'extension/src'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.c?ts$/.test(file) && !file.split(path.sep).includes('node_modules'))
      .map((file) => path.posix.join(folder, ...file.split(path.sep))),
  );
}
