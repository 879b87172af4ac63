/** The options for the choices of a job, the same for submit, clone, edit and spec compile. */
import { type Command, type CommandUnknownOpts, Option, type OptionValues } from '@commander-js/extra-typings';
import type { JobOptions } from '../../../schemas/index.js';
import { EngineName } from '../../../schemas/preset.js';
import { CosmosError, coerceError } from '../../errors.js';
import { readPromptSync } from '../../text/read.js';
import { existingPath } from '../references.js';
import { setting, type Values, type Weights, weight } from './assignments.js';
import { collect, seed, wholeNumber } from './numbers.js';

/** A type and not an interface, because commander requires an index signature. */
export type JobFlags = {
  readonly engine?: EngineName;
  readonly host?: string;
  readonly preset?: string;
  readonly prompt?: string;
  readonly promptFile?: string;
  readonly weight?: Weights;
  readonly seed?: number;
  readonly set?: Values;
  readonly draft?: true;
  readonly allowFlat?: boolean;
  readonly priority?: number;
  readonly project?: string;
  readonly tag?: string[];
};

const STDIN = 0;

/** Adds the options; their values come out as {@link JobFlags}. */
export function withJobOptions<Args extends unknown[], Flags extends OptionValues>(command: Command<Args, Flags>) {
  addOptions(command);
  // The compiler takes minutes to infer a dozen chained options on top of unknown ones, so JobFlags states their types.
  return command as unknown as Command<Args, Flags & JobFlags>;
}

/** Adds those that a preset can hold; their values come out as {@link JobFlags}. */
export function withPresetOptions<Args extends unknown[], Flags extends OptionValues>(command: Command<Args, Flags>) {
  addPresetOptions(command);
  return command as unknown as Command<Args, Flags & JobFlags>;
}

function addOptions(command: CommandUnknownOpts): void {
  addPresetOptions(command);
  command
    .option('--draft', 'cheapest useful run: one chunk, few steps')
    .option('--priority <number>', 'higher runs first (default 0)', wholeNumber)
    .option('--project <name>', 'project that the job is counted to')
    .option('--tag <text>', 'label for lists and reports; repeatable', collect);
}

function addPresetOptions(command: CommandUnknownOpts): void {
  command
    .addOption(new Option('--engine <name>', 'model: which engine makes the video').choices(EngineName.options))
    .option('--host <name>', 'run only on this host')
    .option('--preset <name>', 'preset of cosmos.toml')
    .addOption(new Option('--prompt <text>', 'what the video shows').conflicts('promptFile'))
    .option('--prompt-file <file>', 'read the prompt from a file (- = standard input)')
    .option('--weight <hint=number>', 'weight of a hint, 0 to 1, or off; repeatable', weight)
    .option('--seed <number>', 'seed of the random numbers', seed)
    .option('--set <field=value>', "spec field by NVIDIA's name; repeatable", setting)
    .option('--allow-flat', 'do not hold the job for passes of one flat colour: they are meant so')
    .option('--no-allow-flat', 'hold the job for such passes, whatever the preset says');
}

/** @throws CosmosError not_found when the prompt file is missing, usage when it is empty or no text */
export async function toJobOptions(flags: JobFlags): Promise<JobOptions> {
  const { promptFile, weight: weights, tag: tags, ...same } = flags;
  const prompt = promptFile === undefined ? flags.prompt : await readPrompt(promptFile);
  return withoutUndefined({ ...same, prompt, weights, tags });
}

async function readPrompt(file: string): Promise<string> {
  const text = await promptIn(file);
  if (text === '') throw new CosmosError('usage', `The prompt file ${file} is empty; write the prompt into it.`);
  return text;
}

async function promptIn(file: string): Promise<string> {
  const descriptor = openDescriptor(file);
  const from = descriptor ?? (await existingPath(file));
  try {
    return readPromptSync(from, descriptor === STDIN ? 'the standard input' : file, 'usage');
  } catch (error) {
    if (error instanceof CosmosError) throw error;
    throw new CosmosError('usage', `${file} cannot be read: ${coerceError(error).message}.`, {}, { cause: error });
  }
}

/** "-", or what a shell writes for `<(command)`: a stream that the caller opened, which is read to its end. */
function openDescriptor(file: string): number | null {
  if (file === '-' || file === '/dev/stdin') return STDIN;
  const number = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(file)?.[1];
  return number === undefined ? null : Number(number);
}

/** JSON has no undefined; a choice that is absent is made by the next weaker source (manifest, preset, defaults). */
export function withoutUndefined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
