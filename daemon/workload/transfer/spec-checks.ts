/**
 * Checks and translates specs for clients of the daemon, with the facts of the media files and the folder that the spec
 * may read.
 */
import path from 'node:path';
import type { CheckReport, Clip, Dialect, Prepared, SampleOutlook, SpecLoss, Watch } from '../../../schemas/index.js';
import { isSilence } from '../../foreign/disk.js';
import { KINDS } from '../../foreign/kinds.js';
import { lookAt } from '../../foreign/open.js';
import { isInside, isSamePath } from '../../local-path.js';
import { nearest } from '../../near.js';
import { expectedMedia } from '../../picture/movie/expected-media.js';
import { TextProblem } from '../../text/problem.js';
import { readBytes } from '../../text/read.js';
import { decodeSpec, reportNotText } from '../dialects/bytes.js';
import { checkSpec } from '../dialects/check.js';
import { insideOf } from '../dialects/inside.js';
import type { MediaFacts, MediaKnowledge } from '../dialects/media-facts.js';
import { type Estimator, outlookOf } from '../dialects/outlook.js';
import type { SpecFacts } from '../dialects/rules/rule.js';
import { folderFacts, stagedFacts } from '../dialects/surroundings.js';
import { translateFile } from '../dialects/translate/translate-file.js';
import { inputPath } from './compile.js';

export interface SpecCheckDeps {
  readonly media: Pick<MediaFacts, 'look'>;
  readonly folders: { readonly list: () => readonly Watch[] };
  readonly clips: { readonly list: () => readonly Clip[] };
  readonly prepared: (job: string) => Prepared | null;
  readonly estimate: Estimator;
}

export interface SpecCheckWish {
  /** Absent = recognised by the text. */
  readonly engine?: Dialect | undefined;
  /** The spec is that of a job. */
  readonly job?: string | undefined;
}

export class SpecChecks {
  constructor(private readonly deps: SpecCheckDeps) {}

  /** @param file absolute path of the spec; it need not exist when its text is an editor's. */
  async check(file: string, text: string, { engine, job }: SpecCheckWish = {}): Promise<SpecCheck> {
    const facts = job === undefined ? await this.onDisk(file, text, engine) : this.ofJob(file, job);
    const report = checkSpec(file, text, { engine, facts });
    return { report, outlook: outlookOf(file, text, { engine, facts }, this.deps.estimate) };
  }

  /**
   * The spec as it lies on the disk.
   * @throws CosmosError invalid_params for what is no file; the system error of one that cannot be opened.
   */
  async checkFile(file: string, wish: SpecCheckWish = {}): Promise<SpecCheck> {
    const bytes = await readBytes(file, { kind: KINDS.spec, root: null });
    if (bytes instanceof TextProblem) throw bytes.toError(file, 'invalid_params');
    const read = decodeSpec(bytes);
    if ('text' in read) return this.check(file, read.text, wish);
    return { report: reportNotText(file, bytes, wish.engine, read), outlook: [] };
  }

  /**
   * The text as one for the other engine, to stand in the same file.
   * @throws CosmosError spec_invalid when NVIDIA's reader refuses it; usage when a file of that name cannot hold it.
   */
  async translate(file: string, text: string, to: Dialect): Promise<SpecTranslation> {
    const facts = await this.onDisk(file, text, undefined);
    const translation = translateFile({ file, text, to, output: file, facts });
    const losses = translation.losses.map(({ value: _, path: at, ...loss }) => ({ ...loss, path: [...at] }));
    return { text: translation.text, losses };
  }

  private async onDisk(file: string, text: string, engine: Dialect | undefined): Promise<SpecFacts> {
    await requireAnswers(file, text);
    const media = await this.deps.media.look(file, text, engine);
    const watches = this.deps.folders.list();
    const watch = watches.find((one) => isInside(file, one.path));
    const clip = this.deps.clips.list().find((one) => isSpecOf(one, file));
    const around = folderFacts(file);
    const folder = {
      ...around,
      ...media,
      ...(watch === undefined ? {} : limitedTo(insideOf(file, watch.path), around)),
    };
    return clip === undefined ? folder : withPasses(folder, clip, watches);
  }

  /** The files of a job are frozen elsewhere; before it is prepared they are not known. */
  private ofJob(file: string, id: string): SpecFacts {
    const prepared = this.deps.prepared(id);
    if (prepared === null) return { ...folderFacts(file), entry: () => 'file' };
    const inputs = prepared.inputs.map((input) => input.path);
    const videos = inputs.filter((named) => named.endsWith('.mp4'));
    const media = new Map(videos.map((named) => [named, prepared.media]));
    return { ...folderFacts(file), ...stagedFacts(new Set(inputs), media) };
  }
}

/** A file outside that folder is not read: findings must not show what is in it. */
function limitedTo(inside: (named: string) => boolean, { text, textProblem }: SpecFacts): Partial<SpecFacts> {
  return {
    inside,
    text: (named) => (inside(named) ? text(named) : null),
    textProblem: (named) => (inside(named) ? textProblem?.(named) : undefined),
  };
}

/** Texts of a spec that may name files; more are not looked at. */
const MOST_NAMES = 500;

/**
 * The rules of a spec ask the disk at once, in the thread of everything else: a disk that does not answer is found out
 * before, behind its gate.
 * @throws CosmosError disk_silent
 */
async function requireAnswers(file: string, text: string): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  const named = [...text.matchAll(/(?:\b[a-z]:)?[^\s"',:[\]{}]{0,255}[\\/.][^"'\n]{0,4096}/gi)]
    .map(([name]) => name.trim())
    .slice(0, MOST_NAMES);
  const files = new Set([file, ...named.map((name) => path.resolve(folder, name))]);
  await Promise.all([...files].map((one) => lookAt(one, { root: null }).catch(passUnlessSilent)));
}

/** The rules report what else is wrong with a path. */
function passUnlessSilent(error: unknown): void {
  if (isSilence(error)) throw error;
}

export interface SpecCheck {
  readonly report: CheckReport;
  readonly outlook: SampleOutlook[];
}

export interface SpecTranslation {
  readonly text: string;
  readonly losses: SpecLoss[];
}

/** The spec that lies beside a clip, or would: an editor may not have saved it yet. */
function isSpecOf({ specFile, path: at, name }: Clip, file: string): boolean {
  return [specFile ?? at, path.join(at, `${name}.cosmos.json`)].some((one) => isSamePath(one, file));
}

/** Passes of the clip may be named as the job will have them, though nothing is encoded yet. */
function withPasses(folder: SpecFacts & MediaKnowledge, clip: Clip, watches: readonly Watch[]): SpecFacts {
  const passes = new Set(clip.passes.map(inputPath));
  const media = expectedMedia(clip, watches) ?? undefined;
  return {
    ...folder,
    entry: (named, home) => (passes.has(named) ? 'file' : folder.entry(named, home)),
    media: (named) => (passes.has(named) ? media : folder.media(named)),
    inside: (named) => passes.has(named) || folder.inside(named),
    near: (named, at) => [...nearest(named, passes), ...(folder.near?.(named, at) ?? [])],
  };
}
