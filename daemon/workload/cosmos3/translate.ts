/** Translates a spec of Transfer 2.5 to Cosmos 3: one decision for every field. */
import type { Media } from '../../../schemas/index.js';
import { blockOf } from '../../../schemas/spec/dialect.js';
import type { PyObject } from '../../../schemas/spec/python-node.js';
import { TRANSFER25_HINTS, type Transfer25 } from '../../../schemas/spec/transfer25.js';
import { isGiven, type Transfer25Sample, written } from '../dialects/rules/rule.js';
import { carried, type Decisions, decide, dropped } from '../dialects/translate/decisions.js';
import { fileToCosmos3 } from '../dialects/translate/paths.js';
import { cosmos3Resolution, resolutionToCosmos3 } from '../dialects/translate/resolution.js';
import type { Draft } from '../dialects/translate/spec-draft.js';
import { type Weighted, weightsToCosmos3 } from '../dialects/translate/strength.js';
import { type Aspect, cropTo, nearestAspect } from './rules/lost-picture.js';

type Hint = (typeof TRANSFER25_HINTS)[number];

const GUIDED = dropped(
  'Cosmos 3 has no guided mask: nothing of the colour video stays as it is',
  'Lay the part that must stay over the finished video.',
);
const STYLE = dropped('Cosmos 3 takes no style from an image or a frame', 'Describe the look in the prompt.');
const MASK = dropped('Cosmos 3 has no masks: the control acts on the whole picture');
/** Decided where all controls are seen together. */
const LATER = () => {};

const FIELDS: Decisions<Transfer25> = {
  name: carried(),
  prompt: carried(),
  prompt_path: fileToCosmos3(),
  negative_prompt: carried(),
  seed: carried(),
  guidance: carried(),
  video_path: fileToCosmos3('vision_path'),
  max_frames: carried(),
  context_frame_index: STYLE,
  image_context_path: STYLE,
  num_conditional_frames: carried(),
  resolution: resolutionToCosmos3,
  sigma_max: dropped('it has no effect in Transfer 2.5, and another meaning in Cosmos 3'),
  num_video_frames_per_chunk: carried(),
  num_steps: carried(),
  show_control_condition: carried(),
  show_input: carried(),
  keep_input_resolution: dropped('Cosmos 3 leaves the video in its own size, never in that of the input'),
  edge: LATER,
  vis: LATER,
  depth: LATER,
  seg: LATER,
  guided_generation_mask: GUIDED,
  guided_generation_step_threshold: GUIDED,
  guided_generation_foreground_labels: GUIDED,
};

const CONTROL = { control_path: fileToCosmos3(), control_weight: LATER, mask_path: MASK, mask_prompt: MASK };
const BLOCKS: { readonly [H in Hint]: Decisions<NonNullable<Transfer25[H]>> } = {
  edge: { ...CONTROL, preset_edge_threshold: carried() },
  vis: { ...CONTROL, preset_blur_strength: carried() },
  depth: CONTROL,
  seg: {
    ...CONTROL,
    control_prompt: dropped('Cosmos 3 does not segment videos: the video of control_path says what is where'),
  },
};

export function toCosmos3(sample: Transfer25Sample, draft: Draft): void {
  decide(sample.node, sample.spec, FIELDS, draft);
  draft.assume(['model_mode'], 'video2video', 'what Cosmos 3 calls a transfer');
  if (!draft.has('seed')) {
    draft.assume(['seed'], 2025, 'what Transfer 2.5 uses; Cosmos 3 would draw another one for every run');
  }
  controls(sample, draft);
  picture(sample, draft);
  if (!draft.has('negative_prompt')) {
    const message = 'none is written, and the one that Cosmos 3 has built in is not that of Transfer 2.5';
    draft.warn(['negative_prompt'], message, 'Write one if the videos of both should be compared.');
  }
}

interface Control {
  readonly hint: Hint;
  readonly node: PyObject;
  /** transfer2.5 makes it from the colour video, and Cosmos 3 cannot (inference/transfer.py:116-119). */
  readonly lacking: boolean;
}

/**
 * A control that Cosmos 3 lacks is left out when another one remains: the spec then runs. The only one stays, for a
 * spec without any control would make something else than a transfer; the check points at what has to be added.
 */
function controls(sample: Transfer25Sample, draft: Draft): void {
  const found = TRANSFER25_HINTS.flatMap((hint) => controlOf(hint, sample));
  const some = found.some(({ lacking }) => !lacking);
  for (const { hint, node, lacking } of found) if (lacking) dropComputed(hint, node, some, draft);
  const kept = found.filter(({ lacking }) => !(lacking && some));
  for (const { hint, node } of kept) decideBlock(hint, node, sample, draft);
  const weights = kept.map(({ hint }) => weightOf(hint, sample));
  const isMasked = found.some(({ hint }) => isGiven(sample, hint, 'mask_path') || isGiven(sample, hint, 'mask_prompt'));
  weightsToCosmos3(weights, isMasked, draft);
}

function controlOf(hint: Hint, sample: Transfer25Sample): Control[] {
  const node = written(sample, hint);
  const block = sample.spec[hint];
  if (node?.kind !== 'object' || block === null) return [];
  return [{ hint, node, lacking: (hint === 'depth' || hint === 'seg') && block.control_path === null }];
}

function dropComputed(hint: Hint, node: PyObject, isLeftOut: boolean, draft: Draft): void {
  const what = isLeftOut ? 'the control is left out' : 'the control stays without a video, as it is the only one';
  draft.drop(
    { path: [hint], node },
    `Transfer 2.5 computes ${hint} from the colour video and Cosmos 3 does not: ${what}`,
    `Render ${hint}, or compute it first, and name the video in ${hint}.control_path.`,
  );
}

function decideBlock<H extends Hint>(hint: H, node: PyObject, sample: Transfer25Sample, draft: Draft): void {
  const block = sample.spec[hint];
  const to = blockOf(hint, 'cosmos3');
  draft.block(to);
  if (block !== null && block !== undefined) decide(node, block, BLOCKS[hint], draft, { at: [hint], to: [to] });
}

function weightOf(hint: Hint, sample: Transfer25Sample): Weighted {
  const to = blockOf(hint, 'cosmos3');
  const path = [hint, 'control_weight'];
  const weight = sample.spec[hint]?.control_weight ?? 1;
  const node = written(sample, ...path);
  return { hint: to, weight, written: node === undefined ? null : { path, node, value: weight, to: [to, 'weight'] } };
}

/** What a Cosmos 3 spec has to say about the colour video, and what Cosmos 3 does to it. */
function picture({ spec, facts }: Transfer25Sample, draft: Draft): void {
  const media = spec.video_path === null ? undefined : facts.media(spec.video_path);
  if (media === undefined) {
    draft.warn(
      ['aspect_ratio'],
      'the shape of the colour video is not known, and Cosmos 3 crops it to "16,9" unless this is written',
      'Write "4,3", "1,1", "3,4" or "9,16" if the video has that shape.',
    );
  } else {
    const ratio = nearestAspect(media);
    const back = spec.keep_input_resolution ? sizeNote(spec.resolution, ratio, media) : '';
    draft.assume(['aspect_ratio'], ratio, `the colour video is ${media.width}x${media.height}${back}`);
  }
  if (spec.max_frames === 1 || media?.frames === 1) {
    draft.assume(['num_frames'], 1, 'Cosmos 3 makes an image only when num_frames is 1');
  }
}

/** keep_input_resolution is true by default, so its loss matters also where it is not written. */
function sizeNote(resolution: string, ratio: Aspect, media: Media): string {
  const [width, height] = cropTo(cosmos3Resolution(resolution), ratio, media)?.size ?? [];
  if (width === undefined || (width === media.width && height === media.height)) return '';
  return `; Cosmos 3 makes ${width}x${height} of it, where Transfer 2.5 scales the result back`;
}
