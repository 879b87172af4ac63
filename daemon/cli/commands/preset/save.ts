/** `cosmos preset save` stores choices under a name: from options, or those of a job. */
import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { DaemonClient } from '../../../../client/daemon-client.js';
import { type Preset as KnownPreset, PresetName } from '../../../../schemas/preset.js';
import type { Preset } from '../../../../schemas/received.js';
import { givenBack } from '../../../../schemas/unknown-name.js';
import { CosmosError } from '../../../errors.js';
import { type JobFlags, toJobOptions, withPresetOptions } from '../../options/job-options.js';
import { over, presetOfJob, presetOfOptions } from '../../options/preset-values.js';
import { type Parent, verb } from '../../verb.js';
import { namedPreset } from './named-preset.js';

const HELP = `
A job gives its model, host, weights and settings, its seed too. What is said beside it goes over that. Its prompt
belongs to the shot and stays out, unless --with-prompt is given. Of a job that was sent with a spec of your own, only
what was chosen beside the spec is known.

Examples:
  cosmos preset save night --engine cosmos3 --weight edge=0.6 --set num_steps=50
  cosmos preset save night2 --preset night --seed 7      a copy with another seed
  cosmos preset save approved --from-job ID              what this job was made with`;

type Flags = JobFlags & { readonly fromJob?: string; readonly withPrompt?: true; readonly replace?: true };

export function presetSave(parent: Parent): void {
  const command = parent
    .command('save')
    .description('store choices under a name: given as options, or those of a job')
    .argument('<name>', 'name of the preset', soundName)
    .option('--from-job <id>', 'start from the settings of this job')
    .option('--with-prompt', 'its prompt too (with --from-job)')
    .option('--replace', 'replace a preset of that name, which then has these choices only')
    .addHelpText('after', HELP);
  withPresetOptions(command).action(
    verb(async (context, name, flags: Flags) => {
      const { replace = false } = flags;
      const saved = await context.use(async (daemon) => {
        const values = givenBack<KnownPreset>(await valuesOf(daemon, flags));
        return daemon.call('preset.save', { name, values, replace }).catch((error) => {
          throw withRemedy(error, name);
        });
      });
      const { preset, file, replaced } = saved;
      context.out.show(preset, () => {
        context.out.note(`${replaced ? 'Replaced' : 'Saved'} the preset ${preset.name} in ${file}.`);
      });
    }),
  );
}

function soundName(name: string): string {
  const [issue] = PresetName.safeParse(name).error?.issues ?? [];
  if (issue === undefined) return name;
  const { message } = issue;
  throw new InvalidArgumentError(`${message.charAt(0).toUpperCase()}${message.slice(1)}.`);
}

/** @throws CosmosError usage without any choice, not_found for the job or the preset to start from */
async function valuesOf(daemon: DaemonClient, flags: Flags): Promise<Preset> {
  const { fromJob, withPrompt = false, replace: _replace, preset, ...asked } = flags;
  if (fromJob !== undefined && preset !== undefined) throw startsTwice();
  if (withPrompt && fromJob === undefined) throw noJobForPrompt();
  const own = presetOfOptions(await toJobOptions(asked));
  if (fromJob !== undefined) {
    const { job } = await daemon.call('job.get', { id: fromJob });
    return over(presetOfJob(job.settings, withPrompt), own);
  }
  if (preset !== undefined) return over((await namedPreset(daemon, preset)).values, own);
  if (Object.keys(own).length === 0) throw saysNothing();
  return own;
}

function startsTwice(): CosmosError {
  return new CosmosError('usage', 'Start from a job or from a preset: --from-job and --preset do not go together.');
}

function noJobForPrompt(): CosmosError {
  return new CosmosError('usage', '--with-prompt takes the prompt of a job: say which one with --from-job.');
}

function saysNothing(): CosmosError {
  const message = 'Say what the preset sets, such as --weight edge=0.5, or start from a job with --from-job.';
  return new CosmosError('usage', message);
}

/** Replaces only with --replace: a script cannot be asked whether it means it. */
function withRemedy(error: unknown, name: string): unknown {
  if (!(error instanceof CosmosError) || error.code !== 'wrong_state') return error;
  const message = `There is a preset "${name}" already; choose another name, or say --replace.`;
  return new CosmosError(error.code, message, error.data, { cause: error });
}
