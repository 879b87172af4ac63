/** The methods about clips and the folders in which they are found. */
import * as z from 'zod';
import { Clip, Pictures, Watch, WatchMode } from '../clip.js';
import { type MethodTable, method, nothing } from './method.js';

export const clipMethods = {
  'clip.list': method('All known clips.', nothing, z.object({ clips: z.array(Clip) })),
  'clip.get': method('One clip by id, name or path.', z.strictObject({ clip: z.string() }), z.object({ clip: Clip })),
  'clip.register': method(
    'Make a folder or movie outside the watched folders known as a clip, and list it now.',
    z.strictObject({ path: z.string(), mode: WatchMode.optional() }),
    z.object({ clip: Clip }),
  ),
  'clip.withdraw': method(
    'Wait no longer for the images of renders: the clip is what lies in its folder, and is not sent by those renders.',
    z.strictObject({ clip: z.string() }),
    z.object({ clip: Clip }),
  ),
  'clip.thumbnails': method(
    'Small pictures of the passes of a clip, drawn as the model will see them; a pass that cannot be read has none.',
    z.strictObject({ clip: z.string() }),
    z.object({ pictures: Pictures }),
  ),
  'watch.list': method('Watched folders.', nothing, z.object({ watches: z.array(Watch) })),
  'watch.add': method(
    'Watch a folder. Clips already there are listed as existing and not submitted.',
    z.strictObject({
      path: z.string(),
      mode: WatchMode.optional(),
      settle: z.number().min(0).optional(),
      poll: z.boolean().optional(),
      autoSend: z.boolean().optional(),
      preset: z.string().optional(),
      fps: z.number().positive().optional(),
    }),
    z.object({ watch: Watch }),
  ),
  'watch.remove': method('Stop watching a folder; files and jobs stay.', z.strictObject({ path: z.string() }), nothing),
  'watch.setAutoSend': method(
    'Submit new ready clips of this folder by themselves, or not.',
    z.strictObject({ path: z.string(), autoSend: z.boolean(), preset: z.string().optional() }),
    z.object({ watch: Watch }),
  ),
} as const satisfies MethodTable;
