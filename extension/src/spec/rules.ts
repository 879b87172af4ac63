/** The pages of the rules: sections of docs/SPEC-RULES.md, which is part of the extension. */
import type { Dialect } from '../../../schemas/index.js';

/** The section about one rule as Markdown; undefined if there is no such rule. */
export function rulePage(rules: string, code: string, engine: Dialect): string | undefined {
  const titles = [`### ${code} (${engine})`, `### ${code}`];
  const parts = rules.split(/^(?=##)/m);
  return titles.flatMap((title) => parts.find((part) => part.split('\n', 1)[0] === title) ?? [])[0];
}
