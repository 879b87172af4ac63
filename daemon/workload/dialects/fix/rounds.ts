/**
 * Makes the repairs that a check offers, round after round until none is left, because one repair may lead to the next.
 * A repair that adds findings is not made; what a repair changes is read from the values before and after.
 */
import { type CheckReport, type Issue, shownIssues } from '../../../../schemas/index.js';
import { applyEdits, type OffsetEdit } from '../../../../schemas/spec/json-edits.js';
import { PyJsonError, readPythonJson } from '../../../../schemas/spec/python-json.js';
import type { PyNode } from '../../../../schemas/spec/python-node.js';
import { Positions } from '../line-and-column.js';
import { differences } from './differences.js';
import type { FixStep } from './fix-step.js';
import { overlap, shifted } from './replacements.js';

/** How the rounds see a text. */
export interface Checker {
  /** What is offered to be repaired. */
  check(text: string): CheckReport;
  /**
   * The same without findings about media files: a repair that lets us read such a file is not the cause of what is
   * found in it.
   */
  judge(text: string): CheckReport;
  /** Whether the text would still be recognised as a spec of the same engine. */
  isOfEngine(text: string): boolean;
  /** The samples; none when the text cannot be read. */
  samples(text: string): readonly PyNode[];
}

/** One issue's repair, what it changes, and the sample that it is in. */
interface Repair {
  readonly edits: readonly OffsetEdit[];
  readonly changes: readonly FixStep[];
  readonly node: PyNode;
}

/** Repairs uncover one another a few times at most; beyond that two of them undo each other. */
const MOST_ROUNDS = 20;

export function repairInRounds(text: string, checker: Checker): { text: string; changes: readonly FixStep[] } {
  const changes: FixStep[] = [];
  const seen = new Set<string>();
  let now = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    seen.add(now);
    const made = acceptable(now, repairsOf(now, checker), checker);
    const next = withRepairs(now, made);
    if (seen.has(next)) break;
    changes.push(...made.flatMap((repair) => repair.changes));
    now = next;
  }
  return { text: now, changes };
}

/** Repairs of different places, each of which adds no finding to its sample. */
function repairsOf(text: string, checker: Checker): Repair[] {
  const positions = new Positions(text);
  const samples = checker.samples(text);
  const before = new Map<PyNode, CheckReport>();
  const taken: OffsetEdit[] = [];
  // A finding that follows from another one disappears with it, and would be repaired twice.
  return shownIssues(checker.check(text).issues).flatMap((issue) => {
    const repair = toRepair(issue, text, positions, samples);
    if (repair === null || overlap([...taken.filter((one) => isNear(one, repair)), ...repair.edits])) return [];
    const { node } = repair;
    const was = before.get(node) ?? checker.judge(text.slice(node.start, node.end));
    before.set(node, was);
    if (isWorse(was, checker.judge(repaired(text, repair)))) return [];
    taken.push(...repair.edits);
    return [repair];
  });
}

function isNear({ start, end }: OffsetEdit, { node }: Repair): boolean {
  return start >= node.start && end <= node.end;
}

/** null where the issue has no edits, or they do not leave JSON behind. */
function toRepair(issue: Issue, text: string, positions: Positions, samples: readonly PyNode[]): Repair | null {
  const edits = (issue.edits ?? []).map(({ line, column, endLine, endColumn, text: put }) => {
    const start = positions.offsetOf({ line, column });
    return { start, end: positions.offsetOf({ line: endLine, column: endColumn }), text: put };
  });
  const sample = samples.findIndex(({ start, end }) => edits.every((one) => one.start >= start && one.end <= end));
  const node = samples[sample];
  if (edits.length === 0 || node === undefined || overlap(edits)) return null;
  const [was, is] = [text.slice(node.start, node.end), repaired(text, { edits, node })];
  const after = tryReading(is);
  if (after === null) return null;
  const changes = differences({ text: was, node: readPythonJson(was) }, { text: is, node: after });
  return { edits, node, changes: changes.map((change) => ({ ...change, why: issue.message, sample })) };
}

function repaired(text: string, { edits, node }: Pick<Repair, 'edits' | 'node'>): string {
  return applyEdits(text.slice(node.start, node.end), shifted(edits, -node.start));
}

function tryReading(text: string): PyNode | null {
  try {
    return readPythonJson(text);
  } catch (error) {
    if (error instanceof PyJsonError) return null;
    throw error;
  }
}

/** The repairs that can be made together; two of them may change the same place. */
function acceptable(text: string, repairs: readonly Repair[], checker: Checker): readonly Repair[] {
  const was = checker.judge(text);
  const hidden = hiddenIn(checker.samples(text));
  return largest(repairs, (some) => {
    const next = withRepairs(text, some);
    if (!checker.isOfEngine(next) || hiddenIn(checker.samples(next)) > hidden) return false;
    return !isWorse(was, checker.judge(next));
  });
}

function withRepairs(text: string, repairs: readonly Repair[]): string {
  return applyEdits(
    text,
    repairs.flatMap(({ edits }) => edits),
  );
}

/** Members that a later one of the same key hides: no two values may get one name, as the first would be lost. */
function hiddenIn(nodes: readonly PyNode[]): number {
  return nodes.reduce((sum, node) => {
    if (node.kind === 'array') return sum + hiddenIn(node.items);
    if (node.kind !== 'object') return sum;
    return sum + node.members.length - node.last.size + hiddenIn(node.members.map(({ value }) => value));
  }, 0);
}

function largest(repairs: readonly Repair[], fits: (some: readonly Repair[]) => boolean): readonly Repair[] {
  if (repairs.length === 0 || fits(repairs)) return repairs;
  if (repairs.length === 1) return [];
  const half = repairs.length >> 1;
  const first = largest(repairs.slice(0, half), fits);
  const second = largest(repairs.slice(half), (some) => fits([...first, ...some]));
  return [...first, ...second];
}

function isWorse(was: CheckReport, is: CheckReport): boolean {
  return errorsOf(is) > errorsOf(was) || (was.nvidia === 'accepts' && is.nvidia === 'rejects');
}

function errorsOf({ issues }: CheckReport): number {
  return issues.filter(({ severity }) => severity === 'error').length;
}
