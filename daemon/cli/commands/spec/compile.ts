import { writeFile } from 'node:fs/promises';
import { CosmosError, coerceError } from '../../../errors.js';
import { toJobOptions, withJobOptions } from '../../options/job-options.js';
import { renderCheck } from '../../output/check-view.js';
import { absolutePath, clipReference } from '../../references.js';
import { registerUnknown } from '../../register.js';
import { type Parent, verb } from '../../verb.js';

export function specCompile(spec: Parent): void {
  const compile = spec
    .command('compile')
    .description('the spec that a submit would write, without submitting')
    .argument('<clip>', 'id, name or path')
    .option('-o, --output <file>', 'write it to a file instead of standard output');
  withJobOptions(compile).action(
    verb(async (context, typed, { output, ...flags }) => {
      const { out } = context;
      const target = clipReference(typed);
      const options = toJobOptions(flags);
      const answer = await context.use(async (daemon) => {
        await registerUnknown(daemon, [target]);
        return daemon.call('spec.compile', { target, options });
      });
      if (output !== undefined) await save(absolutePath(output), answer.text);
      out.show(answer, () => {
        if (output === undefined) out.raw(answer.text);
        if (answer.report.issues.length > 0) out.note(renderCheck(answer.report, out.errorColors));
      });
      return answer.report.ok ? 0 : 1;
    }),
  );
}

async function save(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CosmosError('usage', `${file} cannot be written: ${coerceError(error).message}.`, {}, { cause: error });
  }
}
