/** Turns text that is almost JSON into JSON: every removal is reported, and values stay as they are. */
import type { OffsetEdit } from '../../../../schemas/spec/json-edits.js';
import { brief, type FixStep } from './fix-step.js';
import { meaningful, type Neighboured, type Token, tokensOf } from './json-tokens.js';

export interface PlainJson {
  readonly edits: readonly OffsetEdit[];
  /** `line` counts from 0 here: the lines before it in the text that was given. */
  readonly changes: readonly FixStep[];
}

/** Edits that make JSON of the text, if nothing else is wrong with it; none where it is JSON. */
export function toPlainJson(text: string): PlainJson {
  const tokens = tokensOf(text);
  const solid = meaningful(tokens);
  const comments = tokens.filter(({ kind }) => kind === 'comment');
  const commas = solid.filter(isCommaTooMany);
  const quoted = solid.every(isClear) ? solid.filter(({ token }) => token.kind === 'quoted') : [];
  const words = solid.filter(({ token }) => token.kind === 'word' && PYTHON_WORDS.has(token.text));
  return {
    edits: [
      ...comments.map((comment) => withoutComment(text, comment)),
      ...commas.map(({ token }) => ({ ...token, text: '' })),
      ...quoted.map(({ token }) => ({ ...token, text: doubleQuoted(token.text) })),
      ...words.map(({ token }) => ({ ...token, text: PYTHON_WORDS.get(token.text) ?? token.text })),
    ],
    changes: [
      ...comments.map((comment) => commentChange(text, comment)),
      ...together(commas, text, 'took out a comma too many', (n) => `took out ${n} commas too many`),
      ...together(quoted, text, 'a text has double quotes now', (n) => `${n} texts have double quotes now`),
      ...together(words, text, 'a word of Python is JSON now', (n) => `${n} words of Python are JSON now`),
    ].sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  };
}

const PYTHON_WORDS: ReadonlyMap<string, string> = new Map([
  ['True', 'true'],
  ['False', 'false'],
  ['None', 'null'],
]);

/** A comma before the end of a list or object, or behind everything; never one of two in a row. */
function isCommaTooMany({ token, before, after }: Neighboured): boolean {
  if (token.text !== ',' || before === undefined || /^[{[:,]$/.test(before.text)) return false;
  return after === undefined || /^[}\]]$/.test(after.text);
}

/** In 'it's' the quote ends too early: a text in single quotes must be where JSON has a value or a key. */
function isClear({ token, before, after }: Neighboured): boolean {
  if (token.kind === 'other') return false;
  if (token.kind !== 'quoted') return true;
  return (
    (before === undefined || /^[{[:,]$/.test(before.text)) && (after === undefined || /^[}\]:,]$/.test(after.text))
  );
}

function doubleQuoted(single: string): string {
  const inside = single.slice(1, -1).replace(/\\[\s\S]|"/g, (one) => (one === "\\'" ? "'" : one === '"' ? '\\"' : one));
  return `"${inside}"`;
}

/** With its line where it has one for itself, else with the space before it. */
function withoutComment(text: string, { start, end }: Token): OffsetEdit {
  const lead = /[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  const alone = start - lead === 0 || /[\n\r]/.test(text[start - lead - 1] ?? '');
  const [rest = ''] = /^[ \t]*(\r\n|\n|\r)/.exec(text.slice(end)) ?? [];
  return { start: start - lead, end: alone ? end + rest.length : end, text: '' };
}

function commentChange(text: string, { start, text: comment }: Token): FixStep {
  const words = brief(comment.replace(/^(\/\/+|#+|\/\*+)|\*+\/$/g, ''));
  return { message: `took out a comment: ${words}`, line: linesBefore(text, start), before: comment };
}

function together(
  found: readonly Neighboured[],
  text: string,
  one: string,
  many: (count: number) => string,
): FixStep[] {
  const [first] = found;
  if (first === undefined) return [];
  return [{ message: found.length === 1 ? one : many(found.length), line: linesBefore(text, first.token.start) }];
}

function linesBefore(text: string, offset: number): number {
  return text.slice(0, offset).match(/\r\n|\n|\r/g)?.length ?? 0;
}
