/** How a video is called in rows: by its clip, and by the number and the place in a sweep that its file has. Pure. */
import type { Job } from '../../../schemas/index.js';

/** What the daemon puts between the name of an output and its number (daemon/artifact/publish.ts): "street_preview_2". */
const OURS = /^(.*)_(?:preview|aug)(_\d+)?$/s;

/**
 * "street_2". A clip whose name no file can have keeps it here.
 * @param video path of the file, on whichever system the daemon is.
 */
export function outputTitle(clip: string, video: string): string {
  const stem = (video.split(/[\\/]/).pop() ?? '').replace(/\.[^.]+$/, '');
  const [, base = stem, number = ''] = OURS.exec(stem) ?? [];
  return `${base.startsWith(clip) ? base : clip}${number}`;
}

/** The same before there is a video: "street_seed3" of a sweep. */
export function jobTitle({ name, settings, output }: Pick<Job, 'name' | 'settings' | 'output'>): string {
  if (output !== null) return outputTitle(name, output);
  return settings.name.startsWith(name) ? settings.name : name;
}
