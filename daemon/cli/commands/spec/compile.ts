/** `cosmos spec compile` prints the spec that a submit would write, or translates a spec file. */
import { CosmosError } from '../../../errors.js';
import { type JobFlags, toJobOptions, withJobOptions } from '../../options/job-options.js';
import { renderCheck } from '../../output/check-view.js';
import { absolutePath, clipReference } from '../../references.js';
import { registerUnknown } from '../../register.js';
import { type Parent, verb } from '../../verb.js';

const HELP = `
A clip, or a spec in the dialect of its engine, goes to the daemon: you get what a submit would send.
A spec file (.json, .jsonl, .yaml) with --engine of the other dialect is translated here, without a daemon:
the new spec on standard output or in the file of -o, what was lost on standard error. No other option goes
with it.

Examples:
  cosmos spec compile shot010                                   what a submit would send
  cosmos spec compile old.json --engine cosmos3 -o new.json     a Transfer 2.5 spec for Cosmos 3`;

export function specCompile(spec: Parent): void {
  const compile = spec
    .command('compile')
    .description('the spec that a submit would write; or a spec file translated to another engine')
    .argument('<clip or spec>', 'id, name or path of a clip; or a spec file')
    .option('-o, --output <file>', 'write it to a file instead of standard output')
    .addHelpText('after', HELP);
  withJobOptions(compile).action(
    verb(async (context, typed, { output, ...flags }) => {
      const { translateSpecFile, wantedTranslation, writeSpec } = await import('./translate-spec.js');
      const translation = await wantedTranslation(typed, flags.engine);
      if (translation !== null) {
        refuseOthers(flags);
        return translateSpecFile(context, translation, output);
      }
      const { out } = context;
      const target = await clipReference(typed);
      const options = await toJobOptions(flags);
      const answer = await context.use(async (daemon) => {
        await registerUnknown(daemon, [target]);
        return daemon.call('spec.compile', { target, options });
      });
      if (output !== undefined) await writeSpec(absolutePath(output), answer.text);
      out.show(answer, () => {
        if (output === undefined) out.stdout.text(answer.text);
        if (answer.report.issues.length > 0) out.note(renderCheck(answer.report, out.stderr.colors));
      });
      return answer.report.ok ? 0 : 1;
    }),
  );
}

/** A translation uses no options of a job, so an option that would be ignored is an error. */
function refuseOthers({ engine: _, ...others }: JobFlags): void {
  const [first] = Object.entries(others).filter(([, value]) => value !== undefined);
  if (first === undefined) return;
  const option = first[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const message = `--${option} does not go with the translation of a spec: translate it first, then submit the result with --${option}.`;
  throw new CosmosError('usage', message);
}
