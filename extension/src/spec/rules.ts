/** Pages of the rules: the parts of docs/SPEC-RULES.md, which is shipped with the extension. */
import type { Dialect } from '../../../schemas/index.js';

/** The part about one rule, as Markdown; undefined when there is no such rule. */
export function rulePage(rules: string, code: string, engine: Dialect): string | undefined {
  const titles = [`### ${code} (${engine})`, `### ${code}`];
  const parts = rules.split(/^(?=##)/m);
  return titles.flatMap((title) => parts.find((part) => part.split('\n', 1)[0] === title) ?? [])[0];
}
