/**
 * Finds which findings follow from one mistake. A misspelled key is refused, and in addition the field that it meant is
 * missing; a control with a misspelled name is not there for the rules. The report keeps every finding, because
 * NVIDIA's own list is complete, and says which finding follows from which. This is found by trying: a finding that
 * disappears when another one is repaired follows from it.
 */
import type { Issue } from '../../../schemas/index.js';
import type { SpecPath } from '../../../schemas/spec/pydantic.js';
import { readSample } from './nvidia.js';
import { type ReadSample, sampleOf } from './reading.js';
import { type Repair, repaired } from './repair.js';
import { RULES } from './rules/all.js';
import type { Finding, RunFacts, SpecFacts } from './rules/rule.js';
import { schemaAt } from './unknown-keys.js';

/** A finding about one sample, with what an issue says of its origin. */
export interface Said {
  readonly finding: Finding;
  readonly source: Issue['source'];
  readonly severity: Issue['severity'];
  readonly code: string;
}

/** The world around a spec. */
export interface Around {
  readonly facts: SpecFacts;
  readonly run: RunFacts;
}

/** Most mistakes that are tried: each needs the sample to be read again. */
const MOST_SLIPS = 16;

/** Which of the findings about a sample comes from which other one. */
export function consequences<S extends Said>(read: ReadSample, found: readonly S[], around: Around): Map<S, S> {
  const because = new Map<S, S>();
  const causes = new Set<S>();
  const fold = (cause: S, one: S): void => {
    if (one === cause || because.has(one) || causes.has(one)) return;
    because.set(one, cause);
    causes.add(cause);
  };
  const slips = found.length < 2 ? [] : found.filter(isSlip).slice(0, MOST_SLIPS);
  const before = slips.length === 0 ? undefined : saidOf(read, [], around);
  for (const slip of slips) {
    if (because.has(slip)) continue;
    for (const one of found) if (isAboutValueOf(slip, one) || isOtherHalf(slip, one)) fold(slip, one);
    for (const change of before === undefined ? [] : changesOf(slip, read)) {
      const after = saidOf(read, change, around);
      for (const one of found) if (before?.has(nameOf(one)) && after?.has(nameOf(one)) === false) fold(slip, one);
    }
  }
  return because;
}

/** A key or a value that NVIDIA's reader refuses; other findings are not typing mistakes. */
function isSlip({ source, code }: Said): boolean {
  return source === 'nvidia' || code === 'unknown_key';
}

/** What a rule remarks on a value that is refused anyway. A key that stands twice is another mistake. */
function isAboutValueOf(refused: Said, { source, code, severity, finding }: Said): boolean {
  if (refused.source !== 'nvidia' || ['missing', 'extra_forbidden'].includes(refused.code)) return false;
  if (source === 'nvidia' || severity === 'error' || code === 'duplicate_key') return false;
  return finding.path.length > 0 && samePath(finding.path, refused.finding.path);
}

/** A pair without its numbers lacks each of them. */
function isOtherHalf(missing: Said, one: Said): boolean {
  const [path, other] = [missing.finding.path, one.finding.path];
  if (missing.code !== 'missing' || one.code !== 'missing' || typeof path.at(-1) !== 'number') return false;
  return samePath(path.slice(0, -1), other.slice(0, -1));
}

function samePath(one: SpecPath, other: SpecPath): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index]);
}

/**
 * The change that is tried for a mistake: its repair, or the likeliest of its offers. Where only a person knows the
 * right number, no change is tried.
 */
function changesOf({ finding: { path, repair, offers = [] } }: Said, { verdict }: ReadSample): (readonly Repair[])[] {
  if (repair !== undefined) return [repair];
  const written = offers.find((offer) => offer.repair.every((one) => one.do !== 'remove'));
  const [only] = offers.length === 1 ? offers : [];
  const likely = written ?? only;
  if (likely !== undefined) return [likely.repair];
  const { minimum, maximum } = schemaAt(verdict.dialect, path);
  if (typeof minimum !== 'number' || typeof maximum !== 'number') return [];
  return [minimum, maximum].map((value) => [{ do: 'set', path, value }]);
}

/**
 * The findings about the sample after a change. undefined where the sample can no longer be read, because then all
 * findings would seem to disappear.
 */
function saidOf(read: ReadSample, change: readonly Repair[], { facts, run }: Around): Set<string> | undefined {
  const node = change.reduce(repaired, read.node);
  const verdict = readSample(read.verdict.dialect, node, facts);
  const sample = sampleOf(node, verdict, { name: read.sample?.name ?? null, facts, run });
  if (sample === null) return undefined;
  const refused = verdict.errors.map(({ path, type }) => nameOf({ source: 'nvidia', code: type, finding: { path } }));
  const remarked = RULES.flatMap((rule) => {
    if (rule.looksAt === 'file') return [];
    return rule.check(sample).map((finding) => nameOf({ source: 'preflight', code: rule.code, finding }));
  });
  return new Set([...refused, ...remarked]);
}

function nameOf({ source, code, finding }: Pick<Said, 'source' | 'code'> & { finding: Pick<Finding, 'path'> }): string {
  return JSON.stringify([source, code, finding.path]);
}
