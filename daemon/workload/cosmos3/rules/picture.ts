/** What becomes of the picture: its shape, and what is cut off. */
import { type Cosmos3Sample, isGiven, type Rule } from '../../dialects/rules/rule.js';
import { type Crop, cropTo, isAspect, nearestAspect } from './lost-picture.js';
import { resolutionOf } from './resolution.js';
import { colourOf, firstControl, type Source } from './source.js';
import { isBuiltIn, transferRule } from './transfer-rule.js';

const SOURCE = 'cosmos-framework inference/transfer.py:408-417, vision.py:44-52';

const unused = transferRule({
  code: 'aspect_ratio_unused',
  severity: 'warning',
  says: 'aspect_ratio has no effect without vision_path: the shape is taken from the first control.',
  costs: { kind: 'silent change', text: 'Shows in the finished video: it has the shape of the control.' },
  source: SOURCE,
  check: (sample) => {
    const { aspect_ratio: wanted } = sample.spec;
    const control = firstControl(sample);
    if (wanted === null || control === null || isGiven(sample, 'vision_path')) return [];
    const own = control.media === undefined ? null : nearestAspect(control.media);
    if (own === wanted) return [];
    const shape = own === null ? `the shape of ${control.called}` : `"${own}", the shape nearest to ${control.called}`;
    const message = `aspect_ratio "${wanted}" has no effect without vision_path: the video gets ${shape}`;
    return [{ path: ['aspect_ratio'], message, fix: 'Remove it, or add the colour video as vision_path.' }];
  },
});

/** Up to this share a crop is rounding: the sizes are themselves up to 6 % off their shape (320x192 for "16,9"). */
const SMALL_CROP = 0.07;

const unset = transferRule({
  code: 'aspect_ratio_unset',
  severity: 'warning',
  says: 'With vision_path and without aspect_ratio the picture is cropped to 16,9.',
  costs: { kind: 'silent change', text: 'Shows in the finished video: its sides or its top and bottom are missing.' },
  source: SOURCE,
  check: (sample) => {
    const colour = colourOf(sample);
    const aspect_ratio = sample.resolved.aspect_ratio;
    if (colour === null || !isBuiltIn(sample, 'aspect_ratio') || aspect_ratio === null) return [];
    if (colour.media === undefined) {
      const message = 'aspect_ratio is not set: a picture of another shape than 16,9 will be cropped to it';
      return [
        { path: [], message, fix: 'Write the shape of the colour video: "16,9", "4,3", "1,1", "3,4" or "9,16".' },
      ];
    }
    const nearest = nearestAspect(colour.media);
    const crop = cropOf(sample, colour);
    if (nearest === aspect_ratio || crop === null) return [];
    const message = `aspect_ratio is not set and becomes "${aspect_ratio}": ${loss(crop, colour)}`;
    const better = cropTo(resolutionOf(sample), nearest, colour.media);
    const path = ['aspect_ratio'];
    const isNear = better !== null && better.lost <= SMALL_CROP;
    const repair = isNear ? { repair: [{ do: 'set', path, value: nearest } as const] } : {};
    return [{ path: [], message, fix: `Write "aspect_ratio": "${nearest}".`, ...repair }];
  },
});

const cropped = transferRule({
  code: 'picture_cropped',
  severity: 'warning',
  says: 'The picture is scaled to fill one of five shapes, and what sticks out is cut off.',
  costs: { kind: 'silent change', text: 'Shows in the finished video: its sides or its top and bottom are missing.' },
  source: SOURCE,
  check: (sample) => {
    const source = colourOf(sample) ?? firstControl(sample);
    const crop = source === null ? null : cropOf(sample, source);
    if (source?.media === undefined || crop === null || crop.lost <= SMALL_CROP) return [];
    const nearest = nearestAspect(source.media);
    const wanted = aspectOf(sample, source);
    if (isBuiltIn(sample, 'aspect_ratio') && wanted !== nearest) return [];
    const fix =
      wanted === nearest
        ? 'This is the nearest shape that the model makes. Render in that shape, or add bars before.'
        : `The nearest shape is "aspect_ratio": "${nearest}".`;
    const path = isGiven(sample, 'aspect_ratio') && source.path[0] === 'vision_path' ? ['aspect_ratio'] : source.path;
    return [{ path, message: loss(crop, source), fix }];
  },
});

/** For people who lay the result over the render. Silent where the warning about the crop already names the size. */
const resized = transferRule({
  code: 'picture_resized',
  severity: 'info',
  says: 'The result has the size of its resolution and aspect_ratio, whatever size the inputs have.',
  costs: { kind: 'silent change', text: 'Shows when the result is laid over the render: it has another size.' },
  source: 'cosmos-framework data/generator/utils.py:42-84, inference/vision.py:44-52',
  check: (sample) => {
    const source = colourOf(sample) ?? firstControl(sample);
    const crop = source === null ? null : cropOf(sample, source);
    if (source?.media === undefined || crop === null || crop.lost > SMALL_CROP) return [];
    const { width, height } = source.media;
    if (width === crop.size[0] && height === crop.size[1]) return [];
    const cut = crop.lost > 0.005 ? `, and ${Math.round(crop.lost * 100)} % of its ${crop.side} is cut off` : '';
    const message = `${source.called} is ${width}x${height}, the result will be ${crop.size.join('x')}${cut}`;
    return [{ path: source.path, message, fix: 'Scale the result where you lay it over the render.' }];
  },
});

function loss({ lost, side, size }: Crop, { called, media }: Source): string {
  const from = media === undefined ? '' : ` (${media.width}x${media.height})`;
  return `${Math.round(lost * 100)} % of the ${side} of ${called}${from} is cut off to make ${size.join('x')}`;
}

function cropOf(sample: Cosmos3Sample, source: Source): Crop | null {
  if (source.media === undefined) return null;
  const aspect = aspectOf(sample, source);
  return isAspect(aspect) ? cropTo(resolutionOf(sample), aspect, source.media) : null;
}

function aspectOf(sample: Cosmos3Sample, { path, media }: Source): string {
  const wanted = path[0] === 'vision_path' ? sample.resolved.aspect_ratio : null;
  return wanted ?? (media === undefined ? '16,9' : nearestAspect(media));
}

export const PICTURE_RULES: readonly Rule[] = [unused, unset, cropped, resized];
