/** The title of a video in rows: the name of its clip, its number, and its values in a sweep. Pure. */
import type { Job } from '../../../schemas/received.js';

/** What the daemon puts between the name of an output and its number (daemon/artifact/publish.ts): "street_preview_2". */
const OURS = /^(.*)_(?:preview|aug)(_\d+)?$/s;

/**
 * "street_2". If the clip's name cannot be a file name, the title still has it unchanged.
 * @param video path of the file, on the system of the daemon.
 */
export function outputTitle(clip: string, video: string): string {
  const stem = (video.split(/[\\/]/).pop() ?? '').replace(/\.[^.]+$/, '');
  const [, base = stem, number = ''] = OURS.exec(stem) ?? [];
  return `${base.startsWith(clip) ? base : clip}${number}`;
}

/** The same while there is no video: "street_seed3" of a sweep. */
export function jobTitle({ name, settings, output }: Pick<Job, 'name' | 'settings' | 'output'>): string {
  if (output !== null) return outputTitle(name, output);
  return settings.name.startsWith(name) ? settings.name : name;
}
