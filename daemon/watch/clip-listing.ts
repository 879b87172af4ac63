/** The files that a clip may be made of: those of its folder and of the pass folders below it, or its movie. */
import type { PassName } from '../../schemas/index.js';
import { nameOf } from './clip-record.js';
import { type ClipSpot, pathOf } from './discover.js';
import { type Listing, listBelow, listFolder, listNames } from './listing.js';
import type { ManifestReading } from './manifest.js';
import type { NameReader } from './names.js';
import { findPassFolders } from './pass-folders.js';
import { specNames } from './spec-file.js';

/** The movie that is the whole clip is not there. */
export class MovieGone extends Error {}

export class ClipListing {
  /** Sub-folders that hold a pass each, by name, as of the last listing. */
  passFolders: ReadonlyMap<string, PassName> = new Map();

  /** @param realRoot the watched folder with links resolved */
  constructor(
    private readonly spot: ClipSpot,
    private readonly realRoot: () => string,
    private readonly reader: NameReader,
  ) {}

  /** @throws MovieGone; the system error of a folder that cannot be read; CosmosError disk_silent */
  async list(manifest: ManifestReading): Promise<Listing> {
    const { folder, movie } = this.spot;
    if (movie === null) return this.listWithPasses(manifest);
    const listing = await listNames(folder, this.realRoot(), [movie, ...specNames(nameOf(this.spot), true)]);
    if (!listing.files.some(({ name }) => name === movie)) throw new MovieGone(pathOf(this.spot));
    return listing;
  }

  /** The manifest says which sub-folders belong to the clip; without a manifest their names and contents do. */
  private async listWithPasses(manifest: ManifestReading): Promise<Listing> {
    const { folder } = this.spot;
    const realRoot = this.realRoot();
    const own = await listFolder(folder, realRoot);
    const named = manifest.kind === 'read';
    this.passFolders = named ? new Map() : await findPassFolders(folder, own.folders, this.reader);
    const below = await listBelow(folder, realRoot, named ? manifest.below : [...this.passFolders.keys()]);
    const notes = [...own.notes, ...below.notes];
    return { files: [...own.files, ...below.files], folders: own.folders, notes, renders: own.renders };
  }
}
