/**
 * Repairs that a finding offers, as changes of the form. Only changes of weights can be made, because a job or clip has
 * no text to edit. Pure.
 */
import type { TextEdit } from '../../../schemas/index.js';
import type { CheckReport, Issue } from '../../../schemas/received.js';
import { namesOf } from '../../../schemas/spec/dialect.js';
import { applyEdits } from '../../../schemas/spec/json-edits.js';
import type { FormEdit } from './form.js';
import { SpecText } from './spec-text.js';

/** The findings, with only those offers that the form can make. */
export function repairable(report: CheckReport, spec: SpecText): CheckReport {
  return { ...report, issues: report.issues.map((issue) => withOffers(issue, spec)) };
}

function withOffers({ edits: _edits, offers = [], ...issue }: Issue, spec: SpecText): Issue {
  const able = offers.filter((offer) => weightsAfter(offer.edits, spec) !== undefined);
  return able.length === 0 ? issue : { ...issue, offers: able };
}

/** undefined = the offer no longer exists. */
export function repairOf(report: CheckReport, spec: SpecText, code: string, says: string): FormEdit | undefined {
  const offers = report.issues.filter((issue) => issue.code === code).flatMap((issue) => issue.offers ?? []);
  const offer = offers.find((one) => one.says === says);
  return offer === undefined ? undefined : weightsAfter(offer.edits, spec);
}

/** undefined = the edits also change something else than weights. */
function weightsAfter(edits: readonly TextEdit[], spec: SpecText): FormEdit | undefined {
  const after = SpecText.read(edited(spec.text, edits));
  if (!(after instanceof SpecText)) return undefined;
  const { blocks, weight } = namesOf(spec.dialect);
  const changed = blocks.filter(
    (block) => spec.hasBlock(block) && spec.number(block, weight) !== after.number(block, weight),
  );
  const values = changed.map((block) => [block, after.number(block, weight) ?? 1] as const);
  const made = values.flatMap(([block, value]) => spec.edits({ path: [block, weight], value }));
  const same = SpecText.read(applyEdits(spec.text, made));
  const isAll = same instanceof SpecText && JSON.stringify(same.get()) === JSON.stringify(after.get());
  return isAll && values.length > 0 ? { field: 'weights', values: Object.fromEntries(values) } : undefined;
}

/** The text after edits that name lines and columns. */
function edited(text: string, edits: readonly TextEdit[]): string {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length)];
  const offset = (line: number, column: number) => (starts[line - 1] ?? text.length) + column - 1;
  const byOffset = edits.map(({ line, column, endLine, endColumn, text: put }) => {
    return { start: offset(line, column), end: offset(endLine, endColumn), text: put };
  });
  return applyEdits(text, byOffset);
}
