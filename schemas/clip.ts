/**
 * A clip is one rendered piece of one scene: passes in one folder. Houdini describes it with a manifest
 * (`cosmos-clip.json`, written last and by rename); without one the daemon reads the file names.
 */
import * as z from 'zod';
import { FrameRate } from './frame-rate.js';
import { PlainText } from './text.js';

export const MANIFEST_FILE = 'cosmos-clip.json';
/** What older versions of the plugin renamed the manifest to while a render changed the files (now: schemas/render.ts). */
export const WITHDRAWN_MANIFEST_FILE = '.cosmos-clip.json.withdrawn';

export const PassName = z.enum(['color', 'depth', 'seg', 'edge', 'vis']).describe('One image stream of a clip.');
export type PassName = z.infer<typeof PassName>;

export const FrameRange = z.strictObject({
  first: z.int().describe('First frame number; may be negative.'),
  last: z.int().describe('Last frame number, included.'),
  step: z.int().min(1).default(1).describe('Distance between two frames.'),
});
export type FrameRange = z.infer<typeof FrameRange>;

/** Where the images of one pass are, relative to the clip's folder. */
export const PassSource = z
  .strictObject({
    pattern: z.string().optional().describe('Image sequence; the run of # is the padded frame: "depth.####.png".'),
    file: z.string().optional().describe('A movie that holds the whole pass, or its only picture.'),
    layer: z.string().optional().describe('Layer (render var) inside a multi-layer EXR.'),
  })
  .refine((pass) => (pass.pattern === undefined) !== (pass.file === undefined), {
    message: 'a pass has either "pattern" (a sequence) or "file" (a movie)',
  });
export type PassSource = z.infer<typeof PassSource>;

export const DepthRange = z.strictObject({
  near: z.number().optional().describe('Scene distance shown as the near end; absent = measured over the clip.'),
  far: z.number().optional().describe('Scene distance shown as the far end; absent = measured over the clip.'),
  polarity: z
    .enum(['near-bright', 'near-dark'])
    .default('near-dark')
    .describe('How the source stores depth: near-dark = value grows with distance (Houdini Pz).'),
  projection: z
    .enum(['planar', 'radial'])
    .default('planar')
    .describe('Distance to the camera plane, or to its centre.'),
});
export type DepthRange = z.infer<typeof DepthRange>;

const Matrix4 = z.array(z.number()).length(16);

/** Per-frame camera, looking along -z with y up; pixels count from the upper left corner. */
export const Camera = z.union([
  z.strictObject({ file: z.string().describe('Sidecar JSON of the other shape, relative to the clip.') }),
  z.strictObject({
    frames: z.array(
      z.strictObject({
        frame: z.int(),
        focal: z.number().positive().describe('Focal length in pixels.'),
        center: z.tuple([z.number(), z.number()]).describe('Principal point in pixels.'),
        world: Matrix4.describe('Camera to world, row-major, for column vectors: its place is at 3, 7 and 11.'),
      }),
    ),
  }),
]);

export const ManifestFile = z.strictObject({
  path: z.string().describe('Relative to the clip folder, with forward slashes.'),
  size: z.int().min(0).describe('Bytes.'),
  mtime: z.number().describe('Milliseconds since 1970, as the file system gives it.'),
});
export type ManifestFile = z.infer<typeof ManifestFile>;

export const HoudiniSource = z.strictObject({
  hip: z.string().optional(),
  hipHash: z.string().optional(),
  node: z.string().optional(),
  houdiniTake: z.string().optional().describe("Houdini's own take (parameter overrides); not a clip."),
  version: z.string().optional(),
  display: z.string().optional().describe('Display that its OpenColorIO configuration begins with; for people.'),
  view: z.string().optional().describe('View of that display; for people: `color.view` says what is applied.'),
});

/** What the scene asks for; an explicit submit overrides it. */
export const Wanted = z.strictObject({
  preset: z.string().optional(),
  prompt: PlainText.optional(),
  weights: z.partialRecord(PassName, z.number().min(0).max(1)).optional(),
});

export const ClipManifest = z
  .strictObject({
    schema: z.literal('cosmos-clip/1'),
    name: PlainText.min(1),
    passes: z.partialRecord(PassName, PassSource),
    frames: FrameRange,
    fps: FrameRate,
    width: z.int().min(1).describe('Pixels.'),
    height: z.int().min(1).describe('Pixels.'),
    color: z
      .strictObject({
        space: z.string().describe('Colour space of the colour pass, for example "sRGB" or "linear".'),
        view: z.string().optional().describe('View transform to apply before encoding.'),
      })
      .optional(),
    depth: DepthRange.optional(),
    camera: Camera.optional(),
    houdini: HoudiniSource.optional(),
    files: z.array(ManifestFile).describe('Every file of the clip with its size: what "complete" means.'),
    wanted: Wanted.optional(),
    project: PlainText.optional(),
    tags: z.array(PlainText).optional(),
    renders: z.array(z.string()).optional().describe('Renders whose late images these are; the daemon writes it.'),
  })
  .describe('cosmos-clip.json: written by the exporter as its last act, by rename.');
export type ClipManifest = z.infer<typeof ClipManifest>;

export const ClipState = z
  .enum(['writing', 'settling', 'ready', 'incomplete', 'offline'])
  .describe('writing = files still change; settling = quiet, not long enough; incomplete = see reason.');
export type ClipState = z.infer<typeof ClipState>;

export const WatchMode = z
  .enum(['tree', 'flat'])
  .describe('tree: each sub-folder with passes is a clip; flat: each movie is a clip of its own.');
export type WatchMode = z.infer<typeof WatchMode>;

export const Clip = z.object({
  id: z.string(),
  name: z.string(),
  path: z.string().describe('Absolute folder (tree) or movie file (flat).'),
  root: z.string().describe('The watched folder it was found in, or its own folder when registered by hand.'),
  state: ClipState,
  reason: z.string().describe('One sentence: why it is in this state; empty when ready.'),
  warnings: z.array(z.string()),
  objection: z
    .string()
    .nullable()
    .optional()
    .describe('Why a submit without options is refused though all files are whole: the reason of `incomplete` then.'),
  existing: z.boolean().describe('Was there when the folder was first watched: listed, never submitted by itself.'),
  revision: z.int().min(0).describe('Grows when a ready clip changes its content; 0 = never ready yet.'),
  passes: z.array(PassName),
  sources: z.partialRecord(PassName, PassSource),
  range: FrameRange.nullable(),
  frames: z.int().min(0),
  fps: z.number().nullable().describe('Frames per second; null = not known from the files.'),
  width: z.int().nullable(),
  height: z.int().nullable(),
  bytes: z.int().min(0),
  contentKey: z.string().nullable().describe('Changes exactly when a file of the clip changes (names, sizes, mtimes).'),
  hasManifest: z.boolean(),
  manifest: ClipManifest.nullable(),
  promptFile: z.string().nullable().describe('prompt.txt in the clip folder.'),
  specFile: z.string().nullable().describe('Hand-written spec beside the clip.'),
  updatedAt: z.iso.datetime(),
});
export type Clip = z.infer<typeof Clip>;

/** One watched folder. */
export const Watch = z.object({
  path: z.string(),
  mode: WatchMode,
  settle: z.number().min(0).describe('Seconds of quiet before a folder without manifest counts as finished.'),
  poll: z.boolean().describe('List periodically instead of trusting events (network mounts).'),
  autoSend: z.boolean(),
  preset: z.string().nullable(),
  fps: z.number().positive().describe('Frames per second of image sequences without a manifest.'),
  source: z.enum(['config', 'added']),
  state: z.enum(['online', 'offline']),
});
export type Watch = z.infer<typeof Watch>;

export const Pictures = z.partialRecord(PassName, z.string()).describe('JPEG as a data: URL, by pass.');
export type Pictures = z.infer<typeof Pictures>;
