/** Finds the parts of a sample that rules of both engines look at, under one name for both. */
import { COSMOS3_HINTS, type Cosmos3 } from '../../../../schemas/spec/cosmos3.js';
import type { SpecPath } from '../../../../schemas/spec/pydantic.js';
import { TRANSFER25_HINTS, type Transfer25 } from '../../../../schemas/spec/transfer25.js';
import { type Sample, written } from './rule.js';

/** A field of the spec that names a file or folder, as it is written. */
export interface NamedFile {
  readonly path: SpecPath;
  readonly named: string;
}

/** A control block. What is left out, or refused by NVIDIA's reader, is null. */
export interface Control {
  readonly hint: string;
  readonly control: NamedFile | null;
  readonly mask: NamedFile | null;
  readonly weight: { readonly path: SpecPath; readonly value: number } | null;
}

/** Path fields at the top of a spec. */
const TOP_FILES = {
  'transfer2.5': ['video_path', 'image_context_path', 'guided_generation_mask', 'prompt_path'],
  cosmos3: ['vision_path', 'prompt_path', 'sound_path', 'action_path', 'defaults_file', 'tensors_file', 'pickle_file'],
} as const;

const HINTS = { 'transfer2.5': TRANSFER25_HINTS, cosmos3: COSMOS3_HINTS } as const;

/** The colour video, or the image that stands for it; null when there is none. */
export function colourVideo(sample: Sample): NamedFile | null {
  return sample.dialect === 'cosmos3'
    ? namedFile(['vision_path'], sample.spec.vision_path)
    : namedFile(['video_path'], sample.spec.video_path);
}

/** The control blocks that are there, in the order in which the engine takes them. */
export function controlsOf(sample: Sample): Control[] {
  return sample.dialect === 'cosmos3' ? cosmos3Controls(sample.spec) : transfer25Controls(sample.spec);
}

function transfer25Controls(spec: Transfer25): Control[] {
  return TRANSFER25_HINTS.flatMap((hint) => {
    const block = spec[hint];
    if (block === null) return [];
    const control = namedFile([hint, 'control_path'], block.control_path);
    const mask = namedFile([hint, 'mask_path'], block.mask_path);
    return [{ hint, control, mask, weight: { path: [hint, 'control_weight'], value: block.control_weight } }];
  });
}

function cosmos3Controls(spec: Cosmos3): Control[] {
  return COSMOS3_HINTS.flatMap((hint) => {
    const block = spec[hint];
    if (block === null) return [];
    const weight = block.weight === null ? null : { path: [hint, 'weight'], value: block.weight };
    return [{ hint, control: namedFile([hint, 'control_path'], block.control_path), mask: null, weight }];
  });
}

/** Every path that the spec names, also where NVIDIA's reader refuses it; null and other types are passed over. */
export function filesOf(sample: Pick<Sample, 'dialect' | 'node'>): NamedFile[] {
  const blocks = HINTS[sample.dialect].flatMap((hint) => [
    [hint, 'control_path'],
    [hint, 'mask_path'],
  ]);
  const paths = [...TOP_FILES[sample.dialect].map((key) => [key]), ...blocks];
  return paths.flatMap((path) => {
    const node = written(sample, ...path);
    return node?.kind === 'string' ? [{ path, named: node.value }] : [];
  });
}

function namedFile(path: SpecPath, named: string | null): NamedFile | null {
  return named === null ? null : { path, named };
}
