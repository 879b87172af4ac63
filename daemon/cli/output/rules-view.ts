/** The preflight rules as people and programs read them. */
import type { Issue } from '../../../schemas/index.js';
import type { Cost, Rule } from '../../spec/rules/rule.js';
import { type Colors, paintSeverity } from './colors.js';
import { count } from './format.js';
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

interface Style {
  readonly colors: Colors;
  /** Cells; Infinity = nothing is broken. */
  readonly width: number;
}

const GROUPS = [
  ['both', 'Both engines'],
  ['transfer2.5', 'transfer2.5'],
  ['cosmos3', 'cosmos3'],
] as const;
/** Cells of the longest severity and the longest kind of cost. */
const SEVERITY = 'warning'.length;
const COST = 'time and money'.length;
const GAP = 2;
/** Cells that sentences need to be read with pleasure, whatever the terminal. */
const ROOM = 36;

/** Below a heading for each engine: code, severity, cost, and the sentence with its source under it. */
export function renderRules(rules: readonly ListedRule[], style: Style): string {
  const widest = Math.max(0, ...rules.map(({ code }) => code.length));
  const groups = GROUPS.map(([engine, title]) => ({ title, rules: rules.filter((rule) => rule.engine === engine) }));
  return groups
    .filter((group) => group.rules.length > 0)
    .map(({ title, rules: own }) => {
      const head = `${style.colors.bold(title)}  ${style.colors.dim(count(own.length, 'rule'))}`;
      return [head, ...own.map((rule) => renderRule(rule, widest, style))].join('\n');
    })
    .join('\n\n');
}

function renderRule({ code, severity, costs, sentence, source }: ListedRule, widest: number, style: Style): string {
  const { colors, width } = style;
  const painted = paintSeverity(colors, severity) + ' '.repeat(SEVERITY - severity.length);
  const head = ['', code.padEnd(widest), painted, costs.kind.padEnd(COST), ''].join(' '.repeat(GAP));
  const indent = GAP + widest + GAP + SEVERITY + GAP + COST + GAP;
  const room = Math.max(ROOM, width - indent);
  const lines = [...wrap(sentence, room), ...wrap(source, room).map((line) => colors.dim(line))];
  return head + lines.join(`\n${' '.repeat(indent)}`);
}
