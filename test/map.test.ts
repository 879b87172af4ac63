/** The pages of docs/ name files that exist, and docs/MAP.md is what the sources say of themselves. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** What docs/map.mjs exports: a plain script, so that `npm run schemas` needs no build for it. */
interface CodeMap {
  readonly openingSentence: (text: string, file: string) => string | undefined;
  readonly folders: () => readonly (readonly [string, string | undefined])[];
  readonly sourcesIn: (folder: string) => readonly string[];
  readonly mapDocument: () => string;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const script = new URL('../docs/map.mjs', import.meta.url).href;
const { openingSentence, folders, sourcesIn, mapDocument } = (await import(script)) as CodeMap;

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const below = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => !/node_modules|__pycache__|\.venv/.test(file))
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`);
const present = ['client', 'daemon', 'docs', 'extension', 'houdini', 'schemas', 'test']
  .filter((folder) => existsSync(path.join(root, folder)))
  .flatMap(below);

test('docs/MAP.md is what the sources say; if not: npm run build && npm run schemas', () => {
  expect(read('docs/MAP.md') === mapDocument(), 'docs/MAP.md is stale').toBe(true);
});

test('every source file opens with a sentence that says what it is for', () => {
  const sources = folders().flatMap(([folder]) => sourcesIn(folder));
  expect(sources.length).toBeGreaterThan(800);
  expect(sources.filter((file) => openingSentence(read(file), file) === undefined)).toEqual([]);
});

test('every folder with sources has its sentence in docs/map.mjs, or in the __init__.py of its package', () => {
  const listed = new Set(folders().map(([folder]) => folder));
  const sources = present.filter((file) => /^(?:client|daemon|schemas|extension\/src)\/.*\.[cm]?ts$/.test(file));
  expect([...new Set(sources.map((file) => path.posix.dirname(file)))].filter((one) => !listed.has(one))).toEqual([]);
  expect(folders().filter(([, sentence]) => sentence === undefined)).toEqual([]);
});

test.each([
  ['a.ts', '/** Reads Rec. 709 files, for example. And more. */\n', 'Reads Rec. 709 files, for example.'],
  ['a.ts', '/**\n * Reads {@link Kind}\n * in pieces. transfer2.5 adds.\n */\n', 'Reads `Kind` in pieces.'],
  ['a.ts', '/**\n * What lies there:\n *   a  b\n */\n', 'What lies there.'],
  ['a.mjs', '// Makes it\n// whole. Again.\nimport a;\n', 'Makes it whole.'],
  ['a.py', '"""Sends a clip.\n\nMore."""\n', 'Sends a clip.'],
  ['a.ts', "import a from 'a';\n\n/** Late. */\n", undefined],
  ['a.ts', '/** No end */\n', undefined],
])('the opening sentence of %s %j', (file, text, sentence) => {
  expect(openingSentence(text, file)).toBe(sentence);
});

const pages = [...present.filter((file) => /^docs\/.*\.md$/.test(file)), 'README.md', 'houdini/README.md'];
/** Generated from NVIDIA's own sources and from rows that name no file of ours. */
const hand = pages.filter((page) => !/(?:SPEC-RULES|FAILURES|MAP)\.md$/.test(page));

test('every file that a page names exists', () => {
  expect(hand.length).toBeGreaterThan(10);
  const named = hand.flatMap((page) => namedFiles(read(page)).map((file) => ({ page, file })));
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter(({ file }) => !exists(file))).toEqual([]);
});

test('every link of a page leads to a file', () => {
  const links = pages.flatMap((page) => linksOf(read(page)).map((to) => ({ page, to })));
  const broken = links.filter(
    ({ page, to }) => !existsSync(path.join(root, path.posix.join(path.posix.dirname(page), to))),
  );
  expect(broken).toEqual([]);
});

/** `schemas/job.ts`, `watch/answer.ts`, `all.ts`, `daemon/workload/<engine>/rules/`: what stands in code and is a file or a folder of ours. */
function namedFiles(text: string): string[] {
  const words = [...text.matchAll(/`([^`\s]+)`/g)].map(([, word = '']) => word);
  return words.filter((word) => /^[\w.<>*/-]+$/.test(word) && (/\.(?:[cm]?ts|mjs)$/.test(word) || OF_OURS.test(word)));
}

const OF_OURS = /^(?:daemon|docs|extension|houdini|schemas|test)\/.*(?:\w\/|\.(?:py|md|json))$/;

/** A page may leave the folders in front away; <x> and * stand for any name. */
function exists(word: string): boolean {
  const pattern = word
    .replaceAll(/[.]/g, '\\.')
    .replaceAll(/<\w+>|\*/g, '[^/]+')
    .replace(/\/$/, '');
  const whole = new RegExp(`(?:^|/)${pattern}$`);
  return present.some((file) => whole.test(file));
}

function linksOf(text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)\s]*)?\)/g)].map(([, to = '']) => to);
  return targets.filter((to) => !/^[a-z]+:/.test(to));
}
