/** Turns a change in the form into the smallest change of the spec's text. Pure. */
import path from 'node:path';
import { hintOf, namesOf, passOf } from '../../../schemas/spec/dialect.js';
import { passPath, type SpecFacts } from './controls.js';
import type { FormEdit } from './form.js';
import type { SpecText, ValueChange } from './spec-text.js';

/** Weight of a newly added control: the middle of the slider. */
const START_WEIGHT = 0.5;

/** Blocks that were switched off in this session, so that they can be restored unchanged. */
export type Removed = Map<string, unknown>;

/**
 * Not included: another model translates the whole text (spec-translation.ts), several weights at once are a repair of
 * the text, and a spec names no preset and no host.
 */
export type FieldEdit = Exclude<FormEdit, { field: 'model' | 'weights' | 'preset' | 'host' }>;

export function changeOf(edit: FieldEdit, spec: SpecText, facts: SpecFacts, removed: Removed): ValueChange {
  switch (edit.field) {
    case 'prompt':
      return { path: ['prompt'], value: edit.value };
    case 'negative_prompt': // an empty negative prompt is removed, because NVIDIA's guardrail refuses it
      return { path: ['negative_prompt'], value: edit.value === '' ? undefined : edit.value };
    case 'seed':
    case 'num_steps':
    case 'guidance':
    case 'control_guidance':
      return { path: [edit.field], value: edit.value ?? undefined };
    case 'weight':
      return { path: [edit.block, namesOf(spec.dialect).weight], value: edit.value };
    case 'switch':
      return {
        path: [edit.block],
        value: edit.on ? blockFor(edit.block, spec, facts, removed) : off(edit.block, spec, removed),
      };
    default:
      return edit satisfies never;
  }
}

function off(block: string, spec: SpecText, removed: Removed): undefined {
  removed.set(block, spec.get(block));
  return undefined;
}

/**
 * The block as it was before it was switched off; else one with the rendered movie, or without a file if the engine
 * computes the control.
 */
function blockFor(block: string, spec: SpecText, { clip, file }: SpecFacts, removed: Removed): unknown {
  if (removed.has(block)) return removed.get(block);
  const hint = hintOf(block);
  const pass = hint === undefined ? undefined : passOf(hint);
  const { weight } = namesOf(spec.dialect);
  if (clip === null || pass === undefined || !clip.passes.includes(pass)) return { [weight]: START_WEIGHT };
  const movie = clip.sources[pass]?.file;
  const control_path = movie === undefined || file === null ? passPath(pass) : relativePath(file, clip.path, movie);
  return { control_path, [weight]: START_WEIGHT };
}

/** Path relative to the spec, with forward slashes. */
function relativePath(spec: string, folder: string, movie: string): string {
  const relative = path.relative(path.dirname(spec), path.resolve(folder, movie));
  return relative.split(path.sep).join('/');
}
