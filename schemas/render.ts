/**
 * A render that is under way, or whose images come later: `.cosmos-render.<id>.json` in the clip's folder, by rename.
 * While it lies there, the clip is not taken for finished before every image differs from what was there before: files
 * are compared with themselves, and no two machines' clocks with each other.
 */
import * as z from 'zod';
import { ClipManifest, FrameRange, ManifestFile } from './clip.js';
import { PlainText } from './text.js';

const NOTE = /^\.cosmos-render\.[\w-]{1,64}\.json$/;

/** True for the name of such a file. */
export function isRenderNote(name: string): boolean {
  return NOTE.test(name);
}

export const ExpectedImages = z
  .strictObject({
    pattern: z.string().optional().describe('As in a manifest: "city.####.exr".'),
    file: z.string().optional().describe('A movie or single picture instead.'),
    frames: FrameRange.describe('As the file names number them.'),
  })
  .refine(({ pattern, file }) => (pattern === undefined) !== (file === undefined), {
    message: 'has either "pattern" or "file"',
  });
export type ExpectedImages = z.infer<typeof ExpectedImages>;

export const RenderNote = z
  .strictObject({
    schema: z.literal('cosmos-render/1'),
    id: z.string().min(1).max(64),
    node: PlainText.describe('What renders: path of the node.'),
    began: z.iso.datetime().describe('By the clock of the render machine: for sentences, never compared.'),
    process: z
      .strictObject({ host: z.string().describe('Name and platform: "ws12/linux".'), pid: z.int().min(1) })
      .optional()
      .describe('Who ends the render. Absent = nobody: the images come by themselves, and `clip` says of what.'),
    images: z.array(ExpectedImages).min(1),
    before: z.array(ManifestFile).describe('Those of the images that were there when it began.'),
    clip: ClipManifest.omit({ files: true, renders: true })
      .partial({ passes: true, width: true, height: true })
      .optional()
      .describe('The manifest to be, without what only the images tell; the daemon completes and writes it.'),
  })
  .describe('.cosmos-render.<id>.json: which images a render changes. Removed by whoever sees them complete.');
export type RenderNote = z.infer<typeof RenderNote>;
