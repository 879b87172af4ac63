/** A spec object through the translation, in a world where every file is there. */

import { checkSpec } from '../../../../../daemon/workload/dialects/check.js';
import type { SpecFacts } from '../../../../../daemon/workload/dialects/rules/rule.js';
import {
  type FileTranslation,
  translateFile,
} from '../../../../../daemon/workload/dialects/translate/translate-file.js';
import type { CheckReport, Dialect } from '../../../../../schemas/index.js';
import type { MediaOf } from '../../../../support/spec-check.js';

export interface World {
  readonly media?: MediaOf;
  /** Name of the spec file in /clips. */
  readonly file?: string;
  readonly output?: string;
}

/** The result with its check, as `cosmos spec compile` answers. */
export type Translated = FileTranslation & { readonly report: CheckReport };

export function translated(spec: object | string, to: Dialect, { media = {}, file, output }: World = {}): Translated {
  const text = typeof spec === 'string' ? spec : JSON.stringify(spec);
  const facts: Partial<SpecFacts> = { entry: () => 'file', text: () => 'a street', media: (named) => media[named] };
  const request = { file: `/clips/${file ?? 'street.json'}`, text, to, output: output ?? null, facts };
  const result = translateFile(request);
  return { ...result, report: checkSpec(result.file, result.text, { engine: to, facts }) };
}

/** The spec of a result with one sample. */
export function specOf({ text }: FileTranslation): Record<string, unknown> {
  return JSON.parse(text);
}

/** "edge.control_weight" -> "changed 0.6: ..." */
export function lossesOf({ losses }: FileTranslation): Record<string, string> {
  return Object.fromEntries(
    losses.map(({ path, kind, value, message }) => [path.join('.'), `${kind} ${JSON.stringify(value)}: ${message}`]),
  );
}
