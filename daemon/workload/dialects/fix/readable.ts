/** The first upgrade of a spec file: Python can read it. */
import type { Dialect } from '../../../../schemas/index.js';
import { applyEdits, type OffsetEdit } from '../../../../schemas/spec/json-edits.js';
import { suffixOf } from '../../../../schemas/spec/paths.js';
import { PyJsonError, readPythonJson } from '../../../../schemas/spec/python-json.js';
import { splitLines } from '../../../../schemas/spec/python-lines.js';
import { Positions } from '../line-and-column.js';
import { readFile } from '../samples.js';
import type { FixStep } from './fix-step.js';
import { toPlainJson } from './plain-json.js';
import { shifted } from './replacements.js';

interface Upgraded {
  readonly text: string;
  readonly changes: readonly FixStep[];
}

const BOM = '\ufeff';

/** A text that stays unreadable is not changed: half an upgrade would only remove the comments. */
export function madeReadable(file: string, text: string, engine: Dialect | undefined): Upgraded {
  const bare = text.startsWith(BOM) ? text.slice(1) : text;
  const rest = suffixOf(file) === '.jsonl' ? readableLines(file, bare, engine) : readableJson(bare);
  if (rest === null) return { text, changes: [] };
  const mark: FixStep[] = bare === text ? [] : [{ message: 'took out the byte order mark', line: 1, before: BOM }];
  return { text: rest.text, changes: [...mark, ...rest.changes] };
}

/** null = there is more wrong with it. */
function readableJson(text: string): Upgraded | null {
  const { edits, changes } = toPlainJson(text);
  const plain = applyEdits(text, edits);
  if (!isJson(plain)) return null;
  return { text: plain, changes: changes.map((change) => ({ ...change, line: (change.line ?? 0) + 1 })) };
}

/** Each line for itself, as each is a sample. */
function readableLines(file: string, text: string, engine: Dialect | undefined): Upgraded {
  const positions = new Positions(text);
  const edits: OffsetEdit[] = [];
  const changes: FixStep[] = [];
  const lines = splitLines(text);
  for (const [index, { start, end }] of lines.entries()) {
    const line = positions.at(start).line;
    const sample = text.slice(start, end);
    const plain = toPlainJson(sample);
    const left = applyEdits(sample, plain.edits);
    if (left.trim() === '' && sample !== '') {
      edits.push({ start, end: lines[index + 1]?.start ?? text.length, text: '' });
      changes.push(...(plain.changes.length > 0 ? plain.changes : [blank]).map((change) => ({ ...change, line })));
    } else if (isJson(left)) {
      edits.push(...shifted(plain.edits, start));
      changes.push(...plain.changes.map((change) => ({ ...change, line })));
    }
  }
  return withoutEmptyLines(file, { text: applyEdits(text, edits), changes }, engine);
}

const blank: FixStep = { message: 'took out a blank line' };

/** transfer2.5 stops at a line with nothing in it, cosmos3 passes over it. */
function withoutEmptyLines(file: string, { text, changes }: Upgraded, engine: Dialect | undefined): Upgraded {
  if (readFile(file, text, engine).engine === 'cosmos3') return { text, changes };
  const lines = splitLines(text);
  const edits = lines.flatMap(({ start, end }, index) =>
    start === end ? [{ start, end: lines[index + 1]?.start ?? text.length, text: '' }] : [],
  );
  const count = edits.length === 1 ? 'a blank line' : `${edits.length} blank lines`;
  const said = edits.length === 0 ? [] : [{ message: `took out ${count}` }];
  return { text: applyEdits(text, edits), changes: [...changes, ...said] };
}

function isJson(text: string): boolean {
  try {
    readPythonJson(text);
    return true;
  } catch (error) {
    if (error instanceof PyJsonError) return false;
    throw error;
  }
}
