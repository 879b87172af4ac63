/** A spec through the whole check, with a world around it that has every file and knows what is in some. */
import { type CheckOptions, checkSpec } from '../../daemon/workload/dialects/check.js';
import type { SpecFacts } from '../../daemon/workload/dialects/rules/rule.js';
import type { CheckReport, Issue, Media } from '../../schemas/index.js';

/** Media facts by the path as the spec writes it. */
export type MediaOf = Readonly<Record<string, Media>>;

export interface Checked extends Omit<CheckOptions, 'facts'> {
  readonly media?: MediaOf;
  readonly facts?: Partial<SpecFacts>;
  /** Name of the spec file; its suffix decides how it is read. */
  readonly file?: string;
}

/** A frame rate of `fps`/1 unless told otherwise. */
export function media(frames: number, width = 1280, height = 704, fps = 24): Media {
  return { frames, width, height, fps: { num: fps, den: 1 } };
}

/** The report on a spec: an object is written with two spaces of indent, a text is taken as it is. */
export function checked(
  spec: object | string,
  { media = {}, facts, file = 'spec.json', ...options }: Checked = {},
): CheckReport {
  const text = typeof spec === 'string' ? spec : JSON.stringify(spec, null, 2);
  const known: Partial<SpecFacts> = {
    entry: () => 'file',
    text: () => 'a street',
    media: (named) => media[named],
    ...facts,
  };
  return checkSpec(`/clips/${file}`, text, { ...options, facts: known });
}

/** The issues of one code. */
export function issuesOf(report: CheckReport, code: string): Issue[] {
  return report.issues.filter((issue) => issue.code === code);
}
