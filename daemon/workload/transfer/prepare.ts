/**
 * Prepares a job: freezes its inputs and compiles its spec. It may be repeated at any moment, because everything is
 * found again by content.
 */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type {
  Clip,
  Config,
  FrozenFile,
  Job,
  Media,
  PassMeasure,
  Prepared,
  PreparedInput,
  Watch,
} from '../../../schemas/index.js';
import { blocksIn, namesOf, objectAt } from '../../../schemas/spec/dialect.js';
import type { Content, ContentStore } from '../../contents/freeze.js';
import { requireUnchanged } from '../../contents/signature.js';
import { CosmosError } from '../../errors.js';
import { isInside } from '../../local-path.js';
import { probeVideo } from '../../media/probe.js';
import type { MediaTools } from '../../media/tools.js';
import { drawStyleOf } from '../../picture/draw/draw-style.js';
import type { Encoder, OnFraction } from '../../picture/movie/encode.js';
import { rateOf } from '../../picture/movie/expected-media.js';
import { findingsOf, type Measured } from '../../picture/movie/findings.js';
import { passFiles } from '../../picture/movie/pass-files.js';
import type { StateDir } from '../../state-dir.js';
import { writeFileAtomic } from '../../write-file.js';
import { checkSpec, requireOk } from '../dialects/check.js';
import { stagedFacts } from '../dialects/surroundings.js';
import type { SpecInput } from './compile.js';
import { locateInput } from './hand-spec.js';
import { compile, jobMaterial, type Material } from './material.js';
import { roleOf, sourceWords } from './roles.js';

export interface PreparerDeps {
  readonly queue: { files(job: string): readonly FrozenFile[] };
  readonly clips: { get(id: string): Clip | undefined };
  readonly watches: { list(): Watch[] };
  readonly config: Pick<Config, 'project'>;
  readonly tools: MediaTools;
  readonly stateDir: StateDir;
  readonly store: ContentStore;
  readonly encoder: Encoder;
}

/** An input in the content store, with what a check needs to know. */
interface Realised {
  readonly input: PreparedInput;
  /** null = neither movie nor image. */
  readonly media: Media | null;
  /** null = it is neither the video nor a control. */
  readonly measured: Measured | null;
}

/** What every input of a job is frozen with. */
interface Context {
  readonly job: Job;
  readonly material: Material;
  readonly spec: Compiled;
  readonly signal: AbortSignal;
}

interface Frozen extends Content {
  readonly media: Media | null;
  /** Absent = not measured yet. */
  readonly measure?: PassMeasure;
}

export class Preparer {
  constructor(private readonly deps: PreparerDeps) {}

  /**
   * Freezes the job's inputs and writes its spec.
   * @param progress stage ("encoding depth") and how much of all is done, 0 to 1.
   * @throws CosmosError clip_changed, encode_failed, media_tool_missing, spec_invalid with data.issues, not_found.
   */
  async prepare(job: Job, signal: AbortSignal, progress: (stage: string, fraction: number) => void): Promise<Prepared> {
    const files = this.deps.queue.files(job.id);
    const clip = this.clipOf(job);
    const root = clip === null ? this.rootOf(job) : clip.root;
    await Promise.all(files.map((file) => requireUnchanged(file, root)));
    const material = await jobMaterial({ source: job.source, files }, clip, root);
    const spec = compile(material, job.settings);
    this.requireSound(job, spec, new Map()); // checked before encoding, which may take an hour, as far as possible
    const realised = new Map<string, Realised>();
    for (const [i, input] of spec.inputs.entries()) {
      const stage = input.from.kind === 'pass' ? `encoding ${input.from.pass}` : `copying ${input.from.file}`;
      const tell: OnFraction = (fraction) => progress(stage, (i + fraction) / spec.inputs.length);
      tell(0);
      realised.set(input.path, await this.realise({ job, material, spec, signal }, input, tell));
    }
    return this.finish(job, spec, realised);
  }

  private clipOf(job: Job): Clip | null {
    if (job.source.kind === 'spec') return null;
    const clip = this.deps.clips.get(job.source.clip);
    if (clip !== undefined) return clip;
    const message = `The clip ${job.name} is not known any more; add its folder again and submit it again.`;
    throw new CosmosError('not_found', message, { clip: job.source.clip });
  }

  private rootOf({ source }: Job): string | null {
    if (source.kind === 'clip') return null; // the clip knows its own
    return this.deps.watches.list().find((watch) => isInside(source.spec, watch.path))?.path ?? null;
  }

  private async realise(context: Context, input: SpecInput, tell: OnFraction): Promise<Realised> {
    const frozen = await (input.from.kind === 'pass' ? this.encode(context, input, tell) : this.copy(context, input));
    const { job, spec, material, signal } = context;
    const { sha256, bytes, media } = frozen;
    const role = roleOf(input.path, job.engine, spec);
    const prepared = { input: { path: input.path, sha256, bytes }, media };
    if (role === undefined || media === null) return { ...prepared, measured: null };
    const measure = frozen.measure ?? (await this.deps.encoder.measure({ sha256, bytes }, media, signal));
    return {
      ...prepared,
      measured: { ...role, input: input.path, source: sourceWords(material.clip, input), measure },
    };
  }

  /** A file that the spec names, as it is. */
  private async copy({ job, material, signal }: Context, { path: at, from }: SpecInput): Promise<Frozen> {
    if (from.kind !== 'file') throw new Error('a pass is encoded');
    const rooted = { file: material.hand?.file ?? '', root: material.root };
    const file = frozenFile(this.deps.queue.files(job.id), job.name, await locateInput(rooted, from.file));
    const isMedia = /\.(mp4|mov|avi|mkv|webm|png|jpe?g|webp)$/.test(at);
    // Looked at before it is copied: what is no movie must not fill the disk first.
    const media = isMedia ? await probeVideo(this.deps.tools, file.path, signal, material.root) : null;
    return { ...(await this.deps.store.freeze(file, material.root, signal)), media };
  }

  private async encode(
    { job, material: { clip }, signal }: Context,
    { from }: SpecInput,
    tell: OnFraction,
  ): Promise<Frozen> {
    if (clip === null || from.kind !== 'pass') throw new Error('only clips have passes');
    const files = passFiles(clip, from.pass, this.deps.queue.files(job.id));
    const source = files.kind === 'movie' ? 'movie' : /\.exr$/i.test(files.files[0]?.path ?? '') ? 'exr' : 'image';
    const project = this.deps.config.project[job.project ?? ''] ?? {};
    const style = drawStyleOf(from.pass, source, { color: clip.manifest?.color, depth: clip.manifest?.depth, project });
    const fps = rateOf(clip, this.deps.watches.list());
    return this.deps.encoder.encode({ files, root: clip.root, pass: from.pass, fps, style }, signal, tell);
  }

  private async finish(job: Job, spec: Compiled, realised: ReadonlyMap<string, Realised>): Promise<Prepared> {
    const file = this.specFile(job);
    const media = mediaFacts(realised);
    this.requireSound(job, spec, media);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomic(file, spec.text);
    return {
      name: String(spec.object.name),
      spec: file,
      specSha256: createHash('sha256').update(spec.text).digest('hex'),
      inputs: [...realised.values()].map(({ input }) => input),
      media: usedMedia(spec, media),
      hints: [...spec.hints],
      passes: findingsOf([...realised.values()].flatMap(({ measured }) => measured ?? [])),
    };
  }

  private requireSound(job: Job, spec: Compiled, media: ReadonlyMap<string, Media>): void {
    const inputs = new Set(spec.inputs.map((input) => input.path));
    const facts = stagedFacts(inputs, media);
    requireOk(checkSpec(this.specFile(job), spec.text, { engine: spec.dialect, facts }), job.name);
  }

  private specFile(job: Job): string {
    return path.join(this.deps.stateDir.job(job.id), 'spec.json');
  }
}

type Compiled = ReturnType<typeof compile>;

/** Only files whose signature was taken at the submit may become inputs. */
function frozenFile(files: readonly FrozenFile[], name: string, file: string): FrozenFile {
  const found = files.find((one) => one.path === file);
  if (found !== undefined) return found;
  throw new CosmosError(
    'clip_changed',
    `The spec of ${name} names other files than when it was submitted; submit again.`,
    {
      file,
    },
  );
}

function mediaFacts(realised: ReadonlyMap<string, Realised>): Map<string, Media> {
  return new Map([...realised].flatMap(([at, { media }]) => (media === null ? [] : [[at, media]])));
}

/** What the engine will see: the colour video, or else the first control, cut to max_frames. */
function usedMedia({ object, dialect }: Compiled, media: ReadonlyMap<string, Media>): Media {
  const controls = blocksIn(object, dialect).map((block) => objectAt(object, block)?.control_path);
  const main = [object[namesOf(dialect).video], ...controls].find((at) => typeof at === 'string' && media.has(at));
  const found = media.get(String(main));
  if (found === undefined) throw new CosmosError('spec_invalid', 'The spec names no video.', { issues: [] });
  const { width, height, fps } = found;
  const most = object.max_frames;
  return { frames: typeof most === 'number' ? Math.min(found.frames, most) : found.frames, width, height, fps };
}
