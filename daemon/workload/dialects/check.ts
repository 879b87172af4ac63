/** Checks a spec: reports what NVIDIA's reader says, and what it accepts and then fails on or ignores. */
import { type CheckReport, type Dialect, type Issue, shownIssues, type TextEdit } from '../../../schemas/index.js';
import type { PyNode } from '../../../schemas/spec/python-node.js';
import { CosmosError } from '../../errors.js';
import { withoutSecrets } from '../../secrets.js';
import { pointerIn } from '../../text/pointer.js';
import { SAVE_FOR_MODELS } from './bytes.js';
import { type Around, consequences, type Said } from './consequences.js';
import { Positions, rangeOf } from './line-and-column.js';
import { type ReadSample, readSpec } from './reading.js';
import { editsOf, type Repair } from './repair.js';
import { RULES } from './rules/all.js';
import type { Finding, Rule, RunFacts, Sample, SpecFacts } from './rules/rule.js';
import type { FileError } from './samples.js';
import { sayError } from './say-error.js';
import { folderFacts } from './surroundings.js';

export interface CheckOptions {
  /** Absent = recognised by the keys of the first sample. */
  readonly engine?: Dialect | undefined;
  /** What is known of the files; the rest is looked up in the folder of the spec. */
  readonly facts?: Partial<SpecFacts>;
  readonly run?: RunFacts;
}

/** A finding and where it comes from, of which an issue is made. */
interface Located extends Said {
  /** What it points at, and the sample whose text a repair changes. */
  readonly node: PyNode;
  readonly root: PyNode;
}

/** Checks the text of `file`; the suffix of `file` decides how it is read, its folder what its paths mean. */
export function checkSpec(file: string, text: string, options: CheckOptions = {}): CheckReport {
  const report = checkText(file, text, options);
  const pointer = pointerIn(text);
  const [first] = report.issues;
  if (pointer === null || first === undefined) return report;
  // Python's own error, about the first character, would not help.
  const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
  const { severity, source, code, path } = first;
  const fix = `${pointer.remedy.charAt(0).toUpperCase()}${pointer.remedy.slice(1)}.`;
  return { ...report, issues: [{ severity, source, code, path, ...place, message: `the file ${pointer.what}`, fix }] };
}

function checkText(file: string, text: string, options: CheckOptions): CheckReport {
  const facts = { ...folderFacts(file), ...options.facts };
  const around: Around = { facts, run: options.run ?? {} };
  const reading = readSpec(file, text, options.engine, around);
  const { engine } = reading;
  if ('error' in reading) return unreadable(file, text, engine, reading.error);
  const found = [...reading.samples.flatMap((one) => complaints(one, facts)), ...preflight(reading.samples)];
  const script = { text, positions: new Positions(text), editable: !/\.ya?ml$/.test(file) };
  const issues = issuesOf(found, script, causesIn(reading.samples, found, around));
  const stages = reading.samples.map(({ verdict }) => verdict.stage);
  const stage = stages.find((one) => one === 'parse') ?? stages.find((one) => one === 'build') ?? null;
  return report(file, engine, stage, issues);
}

function unreadable(file: string, text: string, engine: Dialect, error: FileError): CheckReport {
  const { type, message, offset } = error;
  const { line, column } = new Positions(text).at(offset);
  const place = { line, column, endLine: line, endColumn: column + 1 };
  const fix = text.startsWith('\ufeff') ? SAVE_FOR_MODELS : error.fix;
  const head: Issue = { severity: 'error', source: 'nvidia', code: type, path: [], ...place, message };
  const issue = fix === undefined ? head : { ...head, fix };
  return report(file, engine, 'parse', [issue]);
}

function report(file: string, engine: Dialect, stage: CheckReport['stage'], issues: Issue[]): CheckReport {
  const ok = stage === null && issues.every(({ severity }) => severity !== 'error');
  return { file, engine, nvidia: stage === null ? 'accepts' : 'rejects', stage, ok, issues };
}

function complaints({ node: root, verdict }: ReadSample, facts: SpecFacts): Located[] {
  const { errors, dialect } = verdict;
  return errors.map((error) => {
    const finding = sayError(error, dialect, root, facts);
    return { finding, source: 'nvidia', severity: 'error', code: error.type, node: error.node, root };
  });
}

/** Which finding comes from which other one of its sample. */
function causesIn(samples: readonly ReadSample[], found: readonly Located[], around: Around): Map<Located, Located> {
  const bySample = new Map(samples.map(({ node }) => [node, [] as Located[]]));
  for (const one of found) bySample.get(one.root)?.push(one);
  return new Map(samples.flatMap((one) => [...consequences(one, bySample.get(one.node) ?? [], around)]));
}

/** In the order of the text. */
function issuesOf(found: readonly Located[], script: Script, causes: ReadonlyMap<Located, Located>): Issue[] {
  const placed = found.map((one) => ({ one, issue: toIssue(one, script) })).sort((a, b) => byPlace(a.issue, b.issue));
  const places = new Map(placed.map(({ one }, index) => [one, index]));
  return placed.map(({ one, issue }) => {
    const cause = causes.get(one);
    const because = cause === undefined ? undefined : places.get(cause);
    return because === undefined ? issue : { ...issue, because };
  });
}

/** Samples that cannot be read are skipped: NVIDIA's error about them is enough. */
function preflight(read: readonly ReadSample[]): Located[] {
  const samples = read.flatMap(({ sample }) => (sample === null ? [] : [sample]));
  return RULES.flatMap((rule) => {
    const locate = (finding: Finding, { node }: Sample): Located => fromRule(rule, finding, node);
    if (rule.looksAt === 'sample')
      return samples.flatMap((one) => rule.check(one).map((finding) => locate(finding, one)));
    return rule.check(samples).flatMap((finding) => {
      const sample = samples[finding.sample];
      return sample === undefined ? [] : [locate(finding, sample)];
    });
  });
}

function fromRule(rule: Rule, finding: Finding, root: PyNode): Located {
  const severity = finding.severity ?? rule.severity;
  return { finding, source: 'preflight', severity, code: rule.code, node: pointedAt(root, finding), root };
}

/** The value at a path, or the nearest thing around it; the key itself where the finding is about the key. */
function pointedAt(root: PyNode, { path, at }: Finding): PyNode {
  let node = root;
  for (const [index, step] of path.entries()) {
    const member = node.kind === 'object' ? node.last.get(String(step)) : undefined;
    if (member !== undefined && at === 'key' && index === path.length - 1) return member.key;
    const next = member?.value ?? (node.kind === 'array' ? node.items[Number(step)] : undefined);
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

/** The text that repairs are edits of. */
interface Script {
  readonly text: string;
  readonly positions: Positions;
  /** YAML is not edited: its layout and comments would be lost. */
  readonly editable: boolean;
}

function toIssue({ finding, node, root, ...head }: Located, script: Script): Issue {
  const { path, message, fix, repair = [], offers = [] } = finding;
  const edits = textEdits(repair, root, script);
  const choices = offers
    .map(({ says, repair }) => ({ says: withoutSecrets(says), edits: textEdits(repair, root, script) }))
    .filter((choice) => choice.edits.length > 0);
  return {
    source: head.source,
    severity: head.severity,
    code: head.code,
    path: path.map((step) => (typeof step === 'string' ? withoutSecrets(step) : step)),
    ...rangeOf(script.positions, node.start, shortEnd(node)),
    message: withoutSecrets(message),
    ...(fix === undefined ? {} : { fix: withoutSecrets(fix) }),
    ...(edits.length === 0 ? {} : { edits }),
    ...(choices.length === 0 ? {} : { offers: choices }),
  };
}

function textEdits(repair: readonly Repair[], root: PyNode, { text, positions, editable }: Script): TextEdit[] {
  const edits = editable ? repair.flatMap((one) => editsOf(text, root, one)) : [];
  return edits.map(({ start, end, text: put }) => ({ ...rangeOf(positions, start, end), text: put }));
}

/**
 * An object is marked at its brace only, so that an error about something missing does not underline the whole spec.
 */
function shortEnd({ kind, start, end }: PyNode): number {
  return kind === 'object' ? start + 1 : end;
}

function byPlace(a: Issue, b: Issue): number {
  return a.line - b.line || a.column - b.column;
}

/** @param name of the clip or spec, for the sentence. @throws CosmosError spec_invalid with all issues. */
export function requireOk({ ok, issues }: CheckReport, name: string): void {
  if (ok) return;
  const [first, ...more] = shownIssues(issues).filter(({ severity }) => severity === 'error');
  const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
  const fix = first?.fix === undefined ? '' : ` ${first.fix}`;
  throw new CosmosError('spec_invalid', `The spec of ${name}: ${first?.message}${rest}.${fix}`, { issues });
}
