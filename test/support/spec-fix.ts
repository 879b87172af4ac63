/** A spec through the fixer, in a world that has every file. */
import type { CheckOptions } from '../../daemon/workload/dialects/check.js';
import { type Fixed, fixSpec } from '../../daemon/workload/dialects/fix/fix.js';

export interface Fixing extends CheckOptions {
  /** Name of the spec file; its suffix decides how it is read. */
  readonly file?: string;
}

/** An object is written with two spaces of indent, a text is taken as it is. */
export function fixed(spec: object | string, { file = 'shot010.json', facts, ...options }: Fixing = {}): Fixed {
  const text = typeof spec === 'string' ? spec : JSON.stringify(spec, null, 2);
  return fixSpec(`/clips/${file}`, text, {
    ...options,
    facts: { entry: () => 'file', text: () => 'a street', ...facts },
  });
}

/** The spec after fixing, as a value. */
export function fixedValue(spec: object | string, options: Fixing = {}): unknown {
  return JSON.parse(fixed(spec, options).text);
}

export function messagesOf({ changes }: Fixed): string[] {
  return changes.map(({ message }) => message);
}
