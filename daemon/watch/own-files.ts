/**
 * The rule for which files in a watched folder are ours. Our files are never inputs, clips or hand-written specs: a
 * finished video must not start the next job.
 */
import { MANIFEST_FILE } from '../../schemas/index.js';

/** Videos of ours: `<clip>_aug.mp4`, `<clip>_aug_2.mp4`, `<clip>_preview.mp4`. */
const OUTPUT_VIDEO = /_(?:aug|preview)[^/\\]*\.mp4$/i;
/** Files beside them with the same stem: provenance, poster, contact sheet. */
const OUTPUT_SIDE_FILE = /_(?:aug|preview)(?:[._-][^/\\]*)?\.(?:json|png|jpe?g)$/i;
/** `preview_color.0007.png` is a pass of a clip called "preview" and not one of our files. */
const NUMBERED = /(?:\.-?\d+|_-?\d{3,})\.(?:png|jpe?g)$/i;
/** Unfinished files: exporters rename them when they are complete. */
const TEMPORARY = /(?:^\.|~$|\.(?:part|tmp|temp|crdownload)$)/i;
const SPEC = /\.cosmos\.json$/i;

/** True for the name (without folder) of a file that Cosmos Bridge wrote, or that is not finished. */
export function isOwnFile(name: string): boolean {
  if (isTemporary(name) || name === MANIFEST_FILE || SPEC.test(name) || OUTPUT_VIDEO.test(name)) return true;
  return OUTPUT_SIDE_FILE.test(name) && !NUMBERED.test(name);
}

/** True for dot files and for names that writers use before they rename. */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}
