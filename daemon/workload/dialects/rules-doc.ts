/** `npm run schemas`: writes docs/SPEC-RULES.md from the table of rules. The result is committed and guarded by a test. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dialect } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import { RULES } from './rules/all.js';
import type { Cost, Rule } from './rules/rule.js';

const INTRODUCTION = `# Preflight rules

Generated from \`daemon/workload/*/rules/\` by \`npm run schemas\`; do not edit. \`cosmos spec rules\` lists the same.

\`cosmos spec check\` first says what NVIDIA's own readers say of a spec (\`source: nvidia\`). The rules below
(\`source: preflight\`) are about what those readers let through and what then goes wrong. An error stops a submit; a
warning is likely a mistake; an info is worth knowing. A finding may be milder or graver than its rule, where the values
of the spec say so. Sources are files of cosmos-transfer2.5 @ 2ff49d0 and cosmos-framework @ 5eee9ed, with their lines.
`;

/** From what hurts most to what hurts least; the compiler asks for every kind. */
const KINDS: Readonly<Record<Cost['kind'], string>> = {
  security: 'a spec reads or runs what it must not',
  hang: 'the run never ends, and its GPUs are paid for',
  'lost files': 'results or sources are overwritten',
  'late failure': 'the run stops after the model is loaded, or later',
  'no video': 'the run ends well and there is no video',
  'silent change': 'there is a video, and it is not what the spec says',
  'time and money': 'the video is right and was too dear',
};

const GROUPS: readonly { readonly title: string; readonly engines: readonly Dialect[] }[] = [
  { title: 'Rules for both models', engines: ['transfer2.5', 'cosmos3'] },
  { title: `Rules for ${modelTitle('transfer2.5')}`, engines: ['transfer2.5'] },
  { title: `Rules for ${modelTitle('cosmos3')}`, engines: ['cosmos3'] },
];

/** The whole document. */
export function rulesDocument(rules: readonly Rule[]): string {
  const groups = GROUPS.map(({ title, engines }) => ({
    title,
    rules: rules.filter((rule) => rule.engines.join() === engines.join()),
  }));
  const grouped = groups.flatMap((group) => group.rules).length;
  if (grouped !== rules.length) throw new Error(`${rules.length - grouped} rules are for engines without a group`);
  const sections = groups.map((group) => [`## ${group.title}`, ...group.rules.map(entry)].join('\n\n'));
  return `${[INTRODUCTION, costTable(rules), ...sections].join('\n')}\n`;
}

function costTable(rules: readonly Rule[]): string {
  const kinds = Object.entries(KINDS).map(([kind, meaning]) => ({
    kind,
    meaning,
    rules: rules.filter(({ costs }) => costs.kind === kind),
  }));
  const counts = kinds.map((one) => row([one.kind, one.meaning, String(one.rules.length)]));
  const all = kinds.flatMap((one) => one.rules.map((rule) => costRow(rule)));
  return [
    '## What each rule would have cost\n',
    ...[row(['cost', 'means', 'rules']), '|---|---|--:|', ...counts, ''],
    ...[row(['rule', 'model', 'cost', 'when it shows, and what is lost by then']), '|---|---|---|---|', ...all, ''],
  ].join('\n');
}

function costRow(rule: Rule): string {
  const { code, engines, costs } = rule;
  const anchor = heading(rule).replace(' ', '-').replaceAll(/[().]/g, ''); // as GitHub makes it
  return row([`[${code}](#${anchor})`, engines.map(modelTitle).join(', '), costs.kind, plain(costs.text)]);
}

/** Rules of different engines may share a code. */
function heading({ code, engines }: Rule): string {
  return engines.length > 1 ? code : `${code} (${engines.join()})`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function entry(rule: Rule): string {
  const { severity, says, costs, source } = rule;
  return [
    `### ${heading(rule)}\n`,
    `**${severity}** ${plain(says)}\n`,
    `- would have cost: ${costs.kind}. ${plain(costs.text)}`,
    `- source: ${plain(source)}`,
  ].join('\n');
}

/** What Markdown would take for markup stays what it is; an underscore inside a word is none. */
function plain(text: string): string {
  return text.replaceAll(/[\\*<`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&');
}

const thisFile = fileURLToPath(import.meta.url);
if (process.argv[1] === thisFile) {
  // Runs as dist/daemon/workload/dialects/rules-doc.js; the committed file lies in the sources.
  writeFileSync(path.resolve(path.dirname(thisFile), '../../../../docs/SPEC-RULES.md'), rulesDocument(RULES));
}
