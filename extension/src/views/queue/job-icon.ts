/** Codicon of a job and its theme colour. */
import type { Job, JobState } from '../../../../schemas/received.js';
import { entryOf, type UnknownName } from '../../../../schemas/unknown-name.js';
import type { Icon } from '../../shown/rows.js';
import { BLUE, GREEN, RED, YELLOW } from '../icons.js';

const ICONS: Readonly<Record<Exclude<JobState, UnknownName>, Icon>> = {
  preparing: { id: 'gear~spin' },
  held: { id: 'question', color: YELLOW },
  queued: { id: 'clock' },
  staging: { id: 'cloud-upload', color: BLUE },
  staged: { id: 'sync~spin', color: BLUE },
  running: { id: 'sync~spin', color: BLUE },
  collecting: { id: 'cloud-download', color: BLUE },
  stopping: { id: 'debug-stop', color: YELLOW },
  succeeded: { id: 'pass', color: GREEN },
  failed: { id: 'error', color: RED },
  refused: { id: 'shield', color: RED },
  cancelled: { id: 'circle-slash' },
};

export function jobIcon({ state }: Pick<Job, 'state'>): Icon {
  return entryOf(ICONS, state) ?? { id: 'circle-outline' };
}
