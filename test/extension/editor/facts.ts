/** A clip and a spec as the form sees them. */
import type { FormFacts } from '../../../extension/src/editor/spec-form.js';
import { specForm } from '../../../extension/src/editor/spec-form.js';
import { SpecText } from '../../../extension/src/editor/spec-text.js';

export const CLIP: NonNullable<FormFacts['clip']> = {
  path: '/renders/street',
  passes: ['color', 'depth'],
  sources: { color: { pattern: 'color.####.png' }, depth: { pattern: 'depth.####.png' } },
};

export function readSpec(object: object | string): SpecText {
  const spec = SpecText.read(typeof object === 'string' ? object : JSON.stringify(object, null, 2));
  if (!(spec instanceof SpecText)) throw new Error(spec.sentence);
  return spec;
}

export function factsOf(changes: Partial<FormFacts> = {}): FormFacts {
  return {
    ...{ kind: 'spec', title: 'street.cosmos.json', engine: 'transfer2.5', models: [], modelNote: '', locked: '' },
    ...{ preset: null, host: null, passes: [] },
    file: '/renders/street/street.cosmos.json',
    clip: CLIP,
    ...changes,
  };
}

export function formOf(object: object, changes: Partial<FormFacts> = {}) {
  const spec = readSpec(object);
  return specForm(spec, factsOf({ engine: spec.dialect, ...changes }));
}
