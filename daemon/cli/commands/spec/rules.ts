/** `cosmos spec rules` lists the preflight rules. */
import { Option } from '@commander-js/extra-typings';
import { Dialect } from '../../../../schemas/preset.js';
import { listedRule, renderRules } from '../../output/rules-view.js';
import { type Parent, verb } from '../../verb.js';

const HELP = `
Each line says what a run with the mistake costs when nobody finds it before; docs/SPEC-RULES.md and --json say it
in full. What NVIDIA's own readers refuse is not listed: \`cosmos spec check\` knows all of it.`;

/** Works without a daemon: the table is part of the program. */
export function specRules(spec: Parent): void {
  spec
    .command('rules')
    .description("the mistakes that NVIDIA's code lets through and `cosmos spec check` finds")
    .addOption(new Option('--engine <name>', 'only the rules of this engine').choices(Dialect.options))
    .addHelpText('after', HELP)
    .action(
      verb(async ({ out }, { engine }) => {
        const { RULES } = await import('../../../workload/dialects/rules/all.js');
        const chosen = RULES.filter(({ engines }) => engine === undefined || engines.includes(engine));
        const rules = chosen.map(listedRule);
        out.show(rules, () => out.print(renderRules(rules, out.stdout)));
      }),
    );
}
