/** Finds frames, size and rate of the media files that specs name, by ffprobe, once for each content. */
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import pLimit from 'p-limit';
import type { Dialect, Media } from '../../../schemas/index.js';
import { isUrl, suffixOf } from '../../../schemas/spec/paths.js';
import { CosmosError } from '../../errors.js';
import { KINDS } from '../../foreign/kinds.js';
import { type ForeignFile, openForeign } from '../../foreign/open.js';
import { NOT_READABLE } from '../../media/input.js';
import { probeVideo } from '../../media/probe.js';
import type { MediaTools } from '../../media/tools.js';
import { ProcessError } from '../../process.js';
import { type FileState, MediaCache } from './media-cache.js';
import type { SpecFacts } from './rules/rule.js';
import { filesOf } from './rules/sample-parts.js';
import { readFile } from './samples.js';

/** Files read or probed at the same time: disks and network mounts gain nothing from more. */
const CONCURRENCY = 4;
const MEDIA = ['.mp4', '.avi', '.mov', '.mkv', '.webm', '.flv', '.wmv', '.png', '.jpg', '.jpeg', '.webp'];

/** Bytes that are hashed for a check; what a larger file holds is found out when it is prepared. */
const LARGEST = 64 * 2 ** 30;

export interface MediaFactsDeps {
  readonly tools: MediaTools;
  /** JSON file in the state folder; made when it is not there. */
  readonly cacheFile: string;
  /** Reads one media file; probeVideo unless a test counts. */
  readonly probe?: (tools: MediaTools, file: string) => Promise<Media>;
}

export type MediaKnowledge = Required<Pick<SpecFacts, 'media' | 'unreadable'>>;

/** Undefined: it could not be found out, which is no fault of the file. */
type Found = { readonly media: Media } | { readonly unreadable: string } | undefined;

export class MediaFacts {
  private readonly limit = pLimit(CONCURRENCY);
  /** By SHA-256: copies of one file that are met at the same time are probed once. */
  private readonly probing = new Map<string, Promise<Found>>();
  private cache: Promise<MediaCache> | undefined;

  constructor(private readonly deps: MediaFactsDeps) {}

  /**
   * Looks at every media file that the spec names, and answers as SpecFacts wants it. Never fails for what it finds:
   * where a file is missing or empty, or ffprobe does not run, the fact stays unknown.
   * @param file of the spec: its suffix says how the text is read, its folder what the paths mean.
   */
  async look(file: string, text: string, engine?: Dialect): Promise<MediaKnowledge> {
    const { engine: dialect, names } = mediaNames(file, text, engine);
    const folder = path.dirname(path.resolve(file));
    const cache = await this.opened();
    const looks = names.map(async (named) => {
      const found = await this.find(path.resolve(folder, withHome(named, dialect)), cache);
      return [named, found] as const;
    });
    const found = new Map(await Promise.all(looks));
    await cache.save();
    return {
      media: (named) => {
        const one = found.get(named);
        return one !== undefined && 'media' in one ? one.media : undefined;
      },
      unreadable: (named) => {
        const one = found.get(named);
        return one !== undefined && 'unreadable' in one ? one.unreadable : undefined;
      },
    };
  }

  private opened(): Promise<MediaCache> {
    this.cache ??= MediaCache.open(this.deps.cacheFile);
    return this.cache;
  }

  private async find(file: string, cache: MediaCache): Promise<Found> {
    const sha256 = await this.limit(() => contentOf(file, cache));
    if (sha256 === undefined) return undefined;
    const known = cache.mediaOf(sha256);
    if (known !== undefined) return { media: known };
    const running = this.probing.get(sha256) ?? this.limit(() => this.probe(file, sha256, cache));
    this.probing.set(sha256, running);
    try {
      return await running;
    } finally {
      this.probing.delete(sha256);
    }
  }

  /** Only what was found is remembered: a file is called unreadable by the ffprobe of today. */
  private async probe(file: string, sha256: string, cache: MediaCache): Promise<Found> {
    try {
      const media = await (this.deps.probe ?? probeVideo)(this.deps.tools, file);
      cache.rememberMedia(sha256, media);
      return { media };
    } catch (error) {
      const reason = reasonOf(error, file);
      return reason === undefined ? undefined : { unreadable: reason };
    }
  }
}

/** The files that ffprobe can say something about, each once. */
function mediaNames(file: string, text: string, wanted: Dialect | undefined) {
  const { engine, samples } = readFile(file, text, wanted);
  const nodes = 'nodes' in samples ? samples.nodes : [];
  const files = nodes.flatMap((node) => (node.kind === 'object' ? filesOf({ dialect: engine, node }) : []));
  const names = files.map(({ named }) => named).filter((named) => !isUrl(named) && !named.includes('\0'));
  return { engine, names: [...new Set(names.filter((named) => MEDIA.includes(suffixOf(named).toLowerCase())))] };
}

/** Only cosmos3 knows "~" (inference/common/args.py:272-279). */
function withHome(named: string, dialect: Dialect): string {
  return dialect === 'cosmos3' && named.startsWith('~/') ? homedir() + named.slice(1) : named;
}

/** SHA-256 of the bytes; undefined for what is no file, is empty, or cannot be read. */
async function contentOf(file: string, cache: MediaCache): Promise<string | undefined> {
  try {
    const opened = await openForeign(file, { kind: KINDS.media, root: null });
    try {
      return await hashOf(opened, { path: file, size: opened.stats.size, mtimeMs: opened.stats.mtimeMs }, cache);
    } finally {
      opened.close();
    }
  } catch {
    return undefined; // NVIDIA's reader complains of the path itself
  }
}

async function hashOf(file: ForeignFile, state: FileState, cache: MediaCache): Promise<string | undefined> {
  if (state.size === 0 || state.size > LARGEST) return undefined;
  const known = cache.sha256(state);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  let left = state.size;
  for await (const piece of file.pieces()) {
    left -= piece.length;
    if (left < 0) return undefined; // it grows: what it will be is not known yet
    hash.update(piece);
  }
  const sha256 = hash.digest('hex');
  cache.remember(state, sha256);
  return sha256;
}

/** What is wrong with the file; undefined when ffprobe itself did not run (no exit code, or the shell's 126 and 127). */
function reasonOf(error: unknown, file: string): string | undefined {
  if (!(error instanceof CosmosError)) return undefined;
  const { cause, message } = error;
  if (cause instanceof ProcessError && (cause.exitCode === undefined || cause.exitCode >= 126)) return undefined;
  const words = message.split(NOT_READABLE)[1] ?? message;
  // ffprobe puts "[mov,mp4 @ 0x55d0] " and the path before some messages; both are removed.
  return words
    .replaceAll(`${file}: `, '')
    .replace(/^\[[^\]]*\] /, '')
    .replace(/\.$/, '');
}
