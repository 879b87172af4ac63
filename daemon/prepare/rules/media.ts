/** The controls must fit the colour video: counts, sizes and rates. Looked at only where media facts are known. */
import type { Media } from '../../../schemas/index.js';
import { blocksIn, namesOf, objectAt } from '../dialect.js';
import type { Finding, Rule } from './rule.js';

/**
 * transfer2.5 mirrors a short control's tail, or fails with all chunks done (inference_pipeline.py:293-296, 613-617);
 * cosmos3 mirrors or truncates (vision.py:234-249). Both stretch other sizes. None of it is what an artist wants.
 */
export const controlsFit: Rule = ({ dialect, spec, facts }) => {
  const { video } = namesOf(dialect);
  const main = mediaOf(spec[video], facts.media);
  if (main === undefined) return [];
  return blocksIn(spec, dialect).flatMap((block) => {
    const control = mediaOf(objectAt(spec, block)?.control_path, facts.media);
    return control === undefined ? [] : compare(block, control, main);
  });
};

function compare(block: string, control: Media, main: Media): Finding[] {
  const path = [block, 'control_path'];
  const found: Finding[] = [];
  if (control.frames < main.frames) {
    const message = `${block} has ${control.frames} frames, the colour video ${main.frames}: the end would be made up`;
    found.push({ severity: 'error', code: 'frames_differ', path, message, fix: 'Render the missing frames.' });
  } else if (control.frames > main.frames) {
    const message = `${block} has ${control.frames} frames, the colour video ${main.frames}: the rest is not used`;
    found.push({ severity: 'warning', code: 'frames_differ', path, message });
  }
  if (control.width !== main.width || control.height !== main.height) {
    const message = `${block} is ${control.width}x${control.height}, the colour video ${main.width}x${main.height}`;
    found.push({ severity: 'warning', code: 'size_differs', path, message, fix: 'It is stretched to fit.' });
  }
  if (control.fps.num * main.fps.den !== main.fps.num * control.fps.den) {
    const message = `${block} runs at ${rate(control)} frames per second, the colour video at ${rate(main)}`;
    found.push({ severity: 'warning', code: 'fps_differs', path, message });
  }
  return found;
}

/** Both engines cut the rate down to a whole number (transfer2.5 utils.py:226-229; cosmos3 takes integers only). */
export const wholeRate: Rule = ({ dialect, spec, facts }) => {
  const { video } = namesOf(dialect);
  const main = mediaOf(spec[video], facts.media);
  if (main === undefined || main.fps.num % main.fps.den === 0) return [];
  const floor = Math.floor(main.fps.num / main.fps.den);
  const message = `the video runs at ${rate(main)} frames per second; the result will run at ${floor}`;
  return [{ severity: 'warning', code: 'fps_floored', path: [video], message }];
};

function mediaOf(file: unknown, media: ReadonlyMap<string, Media>): Media | undefined {
  return typeof file === 'string' ? media.get(file) : undefined;
}

function rate({ fps }: Media): string {
  return String(Math.round((fps.num / fps.den) * 1000) / 1000);
}

export const mediaRules: readonly Rule[] = [controlsFit, wholeRate];
