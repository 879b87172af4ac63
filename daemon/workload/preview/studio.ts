/** The tools that every sample of a preview run works with. */
import type { MediaTools } from '../../media/tools.js';
import type { PreviewLog } from './log.js';

/** What every sample of a run works with. */
export interface Studio {
  readonly tools: MediaTools;
  readonly outDir: string;
  readonly log: PreviewLog;
  readonly signal: AbortSignal;
}
