/** Prints the preflight rules, for people and for programs. */
import { modelTitle } from '../../../schemas/model-title.js';
import type { Issue } from '../../../schemas/received.js';
import type { Cost, Rule } from '../../workload/dialects/rules/rule.js';
import { count } from './amounts.js';
import { paintSeverity } from './colors.js';
import type { Surface } from './door.js';
import { wrap } from './key-values.js';

/** One rule of `cosmos spec rules --json`. */
export interface ListedRule {
  readonly code: string;
  /** both = transfer2.5 and cosmos3. */
  readonly engine: 'transfer2.5' | 'cosmos3' | 'both';
  readonly severity: Issue['severity'];
  readonly sentence: string;
  readonly costs: Cost;
  readonly source: string;
}

export function listedRule({ code, engines, severity, says, costs, source }: Rule): ListedRule {
  const [first = 'transfer2.5', ...more] = engines;
  return { code, engine: more.length > 0 ? 'both' : first, severity, sentence: says, costs, source };
}

const GROUPS = [
  ['both', 'Both models'],
  ['transfer2.5', modelTitle('transfer2.5')],
  ['cosmos3', modelTitle('cosmos3')],
] as const;
/** Cells of the longest severity and the longest kind of cost. */
const SEVERITY = 'warning'.length;
const COST = 'time and money'.length;
const GAP = 2;
/** Cells at which sentences are wrapped, even on a wider terminal. */
const ROOM = 36;

/** Below a heading for each engine: code, severity, cost, and the sentence with its source under it. */
export function renderRules(rules: readonly ListedRule[], surface: Surface): string[] {
  const widest = Math.max(0, ...rules.map(({ code }) => code.length));
  const groups = GROUPS.map(([engine, title]) => ({ title, rules: rules.filter((rule) => rule.engine === engine) }));
  return groups
    .filter((group) => group.rules.length > 0)
    .flatMap(({ title, rules: own }, i) => {
      const head = `${surface.colors.bold(title)}  ${surface.colors.dim(count(own.length, 'rule'))}`;
      return [...(i === 0 ? [] : ['']), head, ...own.flatMap((rule) => renderRule(rule, widest, surface))];
    });
}

function renderRule(
  { code, severity, costs, sentence, source }: ListedRule,
  widest: number,
  { colors, width }: Surface,
): string[] {
  const painted = paintSeverity(colors, severity) + ' '.repeat(SEVERITY - severity.length);
  const head = ['', code.padEnd(widest), painted, costs.kind.padEnd(COST), ''].join(' '.repeat(GAP));
  const indent = GAP + widest + GAP + SEVERITY + GAP + COST + GAP;
  const room = Math.max(ROOM, width - indent);
  const lines = [...wrap(sentence, room), ...wrap(source, room).map((line) => colors.dim(line))];
  return lines.map((line, i) => (i === 0 ? head : ' '.repeat(indent)) + line);
}
