/** A model has one name where people read (schemas/model-title.ts), and one where they type (its id). */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { modelTitle } from '../schemas/model-title.js';
import { EngineName } from '../schemas/preset.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const TITLES = EngineName.options.map(modelTitle);
/** However somebody may write a model that runs on GPUs: "Cosmos-Transfer2.5", "transfer 2.5", "cosmos3". */
const ANY_SPELLING = /(?:cosmos[-_ ]?)?transfer[-_ ]?2[._]5(?!\w)|cosmos[-_ ]?3(?![\w-])/gi;

/** What is NVIDIA's name of a repository, a model file, an image or a document, or what is typed. */
const NOT_OURS = [
  /nvidia\/Cosmos-Transfer2\.5-2B/g,
  /(?:nvidia-cosmos\/)?cosmos-transfer2\.5(?:#\d+|:\w+| @ \w+| pull request| \S+\.(?:py|sh|md)\b)/g,
  /(?:--engine|--to|engine\.)[ ="]*(?:transfer2\.5|cosmos3)(?:")?(?: or (?:transfer2\.5|cosmos3))?/g,
  /(?:\[|\.|engine = )"(?:transfer2\.5|cosmos3)"/g,
  /(?:checkout|request \d+) of cosmos-transfer2\.5/g,
  /^(?:transfer2\.5|cosmos3) $/, // what jobs of one run have in common begins with the id
  /`[^`\n]*`/g, // code in Markdown
  /\]\(#[\w-]+\)|^### \w+ \((?:transfer2\.5|cosmos3)\)$/g, // a rule has an address, which editors link to
];

/** Spellings of a text that are no model's one name. */
function strange(text: string): string[] {
  const ours = NOT_OURS.reduce((rest, theirs) => rest.replace(theirs, ''), text);
  return (ours.match(ANY_SPELLING) ?? []).filter((name) => !TITLES.includes(name));
}

function filesIn(folder: string, ending: RegExp): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file) && !/node_modules|schemas\/json|(?:^|\/)dist\//.test(file))
    .map((file) => path.join(folder, file));
}

/** Sentences of a program: its strings, but for ids (one word), citations and names of files that are imported. */
function sentencesOf(text: string): { line: number; words: string }[] {
  const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true);
  const found: { line: number; words: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (isCitation(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      const isInside = !ts.isStringLiteralLike(node);
      if (isInside || /\s/.test(node.text)) {
        found.push({ line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, words: node.text });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `source: '...'`, `const SOURCE = '...'`: files of NVIDIA's repositories. */
function isCitation(node: ts.Node): boolean {
  return (
    (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) &&
    /^source$/i.test(node.name.getText()) &&
    node.initializer !== undefined
  );
}

test('programs say it', () => {
  const files = ['daemon', 'client', 'schemas', 'extension/src'].flatMap((folder) => filesIn(folder, /\.tsx?$/));
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((file) =>
    sentencesOf(readFileSync(path.join(root, file), 'utf8')).flatMap(({ line, words }) =>
      strange(words).map((name) => `${file}:${line} ${name}: ${words.slice(0, 160)}`),
    ),
  );
  expect(found).toEqual([]);
});

test('documents and the manifest say it', () => {
  const pages = filesIn('docs', /\.md$/).filter((file) => file !== 'docs/MAP.md'); // made of comments, which may use ids
  const documents = ['README.md', 'extension/README.md', 'extension/package.json', ...pages];
  const found = documents.flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8').replace(/```[\s\S]*?```/g, (code) =>
      code.replace(/.+/g, ''),
    );
    const isCited = (line: string) => /^\s*(?:Source|\| Source)/.test(line);
    return text
      .split('\n')
      .flatMap((line, at) =>
        isCited(line) ? [] : strange(line).map((name) => `${file}:${at + 1} ${name}: ${line.slice(0, 160)}`),
      );
  });
  expect(found).toEqual([]);
});

test('the Houdini plugin has the same table', () => {
  const folder = 'houdini/cosmos_bridge/scripts/python/cosmos_bridge';
  const words = readFileSync(path.join(root, folder, 'panel/words.py'), 'utf8');
  const [, table = ''] = /^MODELS = (\{.*\})$/m.exec(words) ?? [];
  expect(JSON.parse(table)).toEqual(
    Object.fromEntries(EngineName.options.map((engine) => [engine, modelTitle(engine)])),
  );
  const sentences = filesIn(folder, /\.py$/).flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/(?<!")"([^"\n]*\s[^"\n]*)"(?!")/g)].map(
      ([, text = '']) => text,
    ),
  );
  expect(sentences.length).toBeGreaterThan(100);
  expect(sentences.flatMap(strange)).toEqual([]);
});
