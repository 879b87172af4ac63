/** What Houdini leaves for a daemon that is away: `<state>/spool/<name>.json`, one file a clip, written by rename. */
import * as z from 'zod';
import { JobOptions } from './submit.js';

export const SpoolEntry = z
  .strictObject({
    schema: z.literal('cosmos-spool/1'),
    key: z.string().min(1).max(200).describe('Idempotency key: one key makes one job, however often it is read.'),
    path: z.string().min(1).describe('Absolute folder of the clip.'),
    options: JobOptions.optional(),
    unattended: z.boolean().optional().describe('As in job.submit; of one clip only the newest such entry is sent.'),
    render: z.string().optional().describe('Id of a render note: sent when the images of that render are there.'),
    writtenAt: z.iso.datetime(),
  })
  .describe('A clip that waits to be sent. The daemon reads it when it starts and while it runs, and removes it.');
export type SpoolEntry = z.infer<typeof SpoolEntry>;
