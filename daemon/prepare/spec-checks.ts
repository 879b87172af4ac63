/** The check that clients ask the daemon for: with what is in the media files, and where the spec may read. */
import type { CheckReport, Dialect, Watch } from '../../schemas/index.js';
import { checkSpec } from '../spec/check.js';
import { insideOf, isBelow } from '../spec/inside.js';
import type { MediaFacts } from '../spec/media-facts.js';

export interface SpecCheckDeps {
  readonly media: Pick<MediaFacts, 'look'>;
  readonly folders: { readonly list: () => readonly Watch[] };
}

export class SpecChecks {
  constructor(private readonly deps: SpecCheckDeps) {}

  /** @param file absolute path of the spec; it need not exist when its text is an editor's. */
  async check(file: string, text: string, engine?: Dialect): Promise<CheckReport> {
    const media = await this.deps.media.look(file, text, engine);
    const watch = this.deps.folders.list().find((one) => isBelow(one.path, file));
    const limit = watch === undefined ? {} : { inside: insideOf(file, watch.path) };
    return checkSpec(file, text, { engine, facts: { ...media, ...limit } });
  }
}
