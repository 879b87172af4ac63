/** Makes the jobs of one target from its material and the options. */
import { nanoid } from 'nanoid';
import type { Config, JobOptions, Params } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import type { JobDraft } from '../queue/job-draft.js';
import { readPrompt } from '../text/read.js';
import { type FrozenSource, type Material, nameOf } from '../workload/transfer/material.js';
import { safeName } from '../workload/transfer/output-name.js';
import { resolveSettings } from '../workload/transfer/settings.js';
import type { PresetNeeds } from './needs.js';
import { expandSweep } from './sweep.js';

/** A job that will be made, with its material. */
export interface Planned {
  readonly material: Material;
  readonly draft: JobDraft;
}

export interface DraftRequest {
  readonly material: Material;
  readonly frozen: FrozenSource;
  readonly options: JobOptions;
  readonly sweep: Params<'job.submit'>['sweep'];
}

/**
 * One draft for each cell of the sweep.
 * @throws CosmosError not_found (preset), invalid_params (sweep), no_prompt, spec_invalid
 */
export async function makeDrafts(
  { material, frozen, options, sweep }: DraftRequest,
  find: PresetNeeds['find'],
  defaults: Config['defaults'],
): Promise<Planned[]> {
  const wanted = material.clip?.manifest?.wanted;
  const cells = expandSweep(options, sweep);
  const isNeeded = cells.some((cell) => cell.options.prompt === undefined);
  const promptFile = await readPromptFile(material, isNeeded);
  const group = cells.length > 1 ? `sweep-${nanoid(8)}` : null;
  return cells.map((cell) => {
    const preset = find(cell.options.preset ?? wanted?.preset);
    const common = { name: nameOf(material), hand: material.hand, wanted, promptFile, preset, suffix: cell.suffix };
    const settings = resolveSettings({ ...common, options: cell.options, defaults });
    return { material, draft: toDraft(material, frozen, cell.options, settings, group) };
  });
}

/** @param isNeeded false when every job has its own prompt: a broken prompt file is ignored then. */
async function readPromptFile({ clip }: Material, isNeeded: boolean): Promise<string | null> {
  if (clip?.promptFile == null) return null;
  return readPrompt(clip.promptFile, 'no_prompt', clip.root).catch((cause: unknown) => {
    if (!isNeeded) return null;
    if (cause instanceof CosmosError) throw cause;
    const message = `${clip.promptFile} cannot be read; check it, or give a prompt with the submit.`;
    throw new CosmosError('no_prompt', message, { file: clip.promptFile ?? '' }, { cause });
  });
}

function toDraft(
  { clip, hand }: Material,
  frozen: FrozenSource,
  options: JobOptions,
  settings: JobDraft['settings'],
  sweep: string | null,
): JobDraft {
  const tags = [...(clip?.manifest?.tags ?? []), ...(options.tags ?? []), ...(options.draft === true ? ['draft'] : [])];
  return {
    clip: clip?.id ?? null,
    name: nameOf({ clip, hand, root: null }),
    ...frozen,
    settings,
    engine: settings.engine,
    host: settings.host,
    priority: options.priority ?? 0,
    project: options.project ?? clip?.manifest?.project ?? null,
    tags: [...new Set(tags)],
    sweep,
  };
}

/** Members of one run share an output folder, so output names of one submit must differ: later ones get _2, _3, ... */
export function withUniqueNames(planned: readonly Planned[]): Planned[] {
  const taken = new Set<string>();
  return planned.map(({ material, draft }) => {
    let name = draft.settings.name;
    for (let i = 2; taken.has(name); i++) name = safeName(`${draft.settings.name}_${i}`);
    taken.add(name);
    return { material, draft: { ...draft, settings: { ...draft.settings, name } } };
  });
}
