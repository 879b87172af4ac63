/** Reads the media files that specs name with ffprobe, for commands that work without a daemon. */
import type { Dialect } from '../../../../schemas/index.js';
import { loadConfig } from '../../../config.js';
import { CosmosError } from '../../../errors.js';
import { findMediaTools } from '../../../media/tools.js';
import { MediaFacts } from '../../../workload/dialects/media-facts.js';
import type { SpecFacts } from '../../../workload/dialects/rules/rule.js';
import type { Context } from '../../context.js';

export class MediaLook {
  private facts: Promise<MediaFacts | null> | undefined;

  /** @param wanted false: no media file is opened. */
  constructor(
    private readonly context: Context,
    private readonly wanted: boolean,
  ) {}

  /** Without ffprobe nothing is known of the media files: one message says so, and everything else is checked. */
  async at(file: string, text: string, engine?: Dialect): Promise<Partial<SpecFacts>> {
    if (!this.wanted) return {};
    this.facts ??= this.open();
    return (await (await this.facts)?.look(file, text, engine)) ?? {};
  }

  private async open(): Promise<MediaFacts | null> {
    const { config: file, stateDir, out } = this.context;
    try {
      const { daemon } = loadConfig(file).config;
      const tools = await findMediaTools({ ffmpeg: daemon.ffmpeg, ffprobe: daemon.ffprobe });
      return new MediaFacts({ tools, cacheFile: stateDir.mediaCache });
    } catch (error) {
      if (!(error instanceof CosmosError)) throw error;
      out.note(`Frames, sizes and rates of the videos were not looked at. ${error.message}`);
      return null;
    }
  }
}
