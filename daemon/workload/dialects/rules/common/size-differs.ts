/** Controls and masks whose picture is not as large as that of the clip they belong to. */
import type { Media } from '../../../../../schemas/index.js';
import { nearestShape } from '../../../../../schemas/spec/transfer25-sizes.js';
import { commonRule, type Finding, type Sample } from '../rule.js';
import { againstWhich, type Clip } from './measured.js';

/** Width to height differs by less than this: only the scale is another. */
const SAME_SHAPE = 0.01;

export const sizeDiffers = commonRule({
  code: 'size_differs',
  severity: 'warning',
  says: 'A control or mask is of another size or shape than the clip it belongs to.',
  costs: {
    kind: 'silent change',
    text: 'The control is stretched (Transfer 2.5) or cropped (Cosmos 3) until it fits, so it no longer lies on the picture; in Transfer 2.5 a control of quite another shape ends the run after the model was loaded.',
  },
  source:
    'cosmos-transfer2.5 _src/transfer2/inference/utils.py:175-183, 297-299; cosmos-framework inference/vision.py:44-52',
  check: (sample) => {
    const { reference, others } = againstWhich(sample) ?? { others: [] };
    return reference === undefined ? [] : others.flatMap((clip) => compare(clip, reference, sample));
  },
});

function compare(clip: Clip, reference: Clip, sample: Sample): Finding[] {
  const [own, wanted] = [clip.media, reference.media];
  if (own.width === wanted.width && own.height === wanted.height) return [];
  const { path } = clip;
  const sizes = `${clip.label} is ${own.width}x${own.height}, ${reference.label} ${wanted.width}x${wanted.height}`;
  const fix = 'Render both at the same size.';
  if (Math.abs(ratioOf(own) / ratioOf(wanted) - 1) < SAME_SHAPE)
    return [{ path, severity: 'info', message: `${sizes}: it is scaled to the same size`, fix }];
  if (sample.dialect === 'cosmos3') return [{ path, message: `${sizes}: it is cropped to the same shape`, fix }];
  return [transfer25Finding(clip, reference, sizes, fix)];
}

/**
 * Each clip alone is brought to the nearest of five shapes; pictures that end up in different shapes do not fit
 * together.
 */
function transfer25Finding(clip: Clip, reference: Clip, sizes: string, fix: string): Finding {
  const [own, wanted] = [nearestShape(clip.media).name, nearestShape(reference.media).name];
  const { path } = clip;
  if (own === wanted) return { path, message: `${sizes}: it is stretched to the same shape`, fix };
  const message = `${sizes}: one would be worked on as ${own} and the other as ${wanted}, and the run fails`;
  return { path, severity: 'error', message, fix };
}

function ratioOf({ width, height }: Media): number {
  return width / height;
}
