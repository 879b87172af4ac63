/** From the files of a run to a result: fetched, verified, shown, placed. May be repeated at any point. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clip, Media, Result } from '../../schemas/index.js';
import { type SheetRow, writeContactSheet } from '../artifact/contact-sheet.js';
import { type OwnFile, placeResult, resultFolder } from '../artifact/place-result.js';
import { provenanceOf } from '../artifact/provenance.js';
import { sealOf } from '../artifact/sha256.js';
import { grabStills, moments } from '../artifact/stills.js';
import { verifyOutput } from '../artifact/verify.js';
import { isoNow } from '../clock.js';
import { writeJpeg } from '../media/still.js';
import type { Seals } from '../queue/results.js';
import type { Outputs } from '../workload/engine.js';
import { outputLimits } from './bounds.js';
import type { Assignment } from './members.js';
import type { RunDependencies } from './needs.js';

/** Order of the rows of a contact sheet; other inputs follow. */
const ROWS = ['color', 'depth', 'seg', 'edge', 'vis'];

/** A result, and what its files are, for whoever shows them later. */
export interface Published {
  readonly result: Result;
  readonly seals: Seals;
}

/** @throws CosmosError output_invalid when the output is not what the spec asks for. */
export async function publish(
  assignment: Assignment,
  outputs: Outputs,
  deps: RunDependencies,
  signal: AbortSignal,
): Promise<Published> {
  return await new Publisher(assignment, deps, signal).publish(outputs);
}

class Publisher {
  /** What lies here belongs to the result, but not beside the artist's files. */
  private readonly folder: string;
  private readonly clip: Clip | undefined;

  constructor(
    private readonly assignment: Assignment,
    private readonly deps: RunDependencies,
    private readonly signal: AbortSignal,
  ) {
    const { job, run } = assignment;
    this.folder = path.join(deps.stateDir.run(run), 'results', job.id);
    this.clip = job.clip === null ? undefined : deps.clips.get(job.clip);
  }

  async publish(outputs: Outputs): Promise<Published> {
    const { engine, prepared, job } = this.assignment;
    const controls = await this.fetch(outputs);
    const video = this.local(outputs.video);
    const expected = engine.expect(prepared);
    const measured = await verifyOutput(this.deps.tools, video, expected, this.signal);
    this.report('making the contact sheet', 0.5);
    const sheet = await sealed(await this.drawSheet(video, measured));
    const poster = await sealed(await this.drawPoster(video, measured));
    this.report('placing the result', 0.9);
    const source = await sealed(video);
    const placed = await this.offer(source, sheet, expected, measured);
    const { fps, frames, width, height } = measured;
    const result: Result = {
      ...{ job: job.id, clip: job.clip, name: job.name, ...placed, poster: poster.file, controls, ...source.seal },
      ...{ frames, width, height, fps: fps.num / fps.den, preview: job.engine === 'preview', stale: this.isStale() },
      ...{ mark: null, createdAt: isoNow(this.deps.clock) },
    };
    return { result, seals: { poster: poster.seal, contactSheet: sheet.seal } };
  }

  /** Brings the video and the controls; gives the controls' local paths. */
  private async fetch({ video, controls }: Outputs): Promise<Record<string, string>> {
    const { offer, run, engine, prepared } = this.assignment;
    const limits = outputLimits(engine.expect(prepared), prepared.media);
    const alsoIn = await this.destination();
    const wanted = [
      { from: video, to: this.local(video), limit: { ...limits.video, alsoIn } },
      ...Object.values(controls).map((from) => ({ from, to: this.local(from), limit: limits.control })),
    ];
    await offer.host.collect(run, wanted, this.signal);
    return Object.fromEntries(Object.entries(controls).map(([hint, file]) => [hint, this.local(file)]));
  }

  private local(file: string): string {
    return path.join(this.folder, path.posix.basename(file));
  }

  private async drawSheet(video: string, media: Media): Promise<string> {
    const { stateDir, tools } = this.deps;
    const inputs = this.assignment.prepared.inputs.filter(({ path: name }) => name.endsWith('.mp4'));
    const rows = inputs.map(({ path: name, sha256 }) => ({
      label: path.posix.basename(name, '.mp4'),
      file: stateDir.cas(sha256),
    }));
    rows.sort((a, b) => rank(a) - rank(b));
    const file = path.join(this.folder, 'sheet.png');
    const result = { label: this.assignment.job.engine === 'preview' ? 'preview' : 'result', file: video };
    const title = this.assignment.job.name;
    await writeContactSheet(tools, file, { title, rows: [...rows, result], media }, this.signal);
    return file;
  }

  private async drawPoster(video: string, media: Media): Promise<string> {
    const [, middle] = moments(media.frames);
    const [still] = await grabStills(this.deps.tools, video, [middle], media, this.signal);
    if (still === undefined) throw new Error('a verified video has a frame in its middle');
    const file = path.join(this.folder, 'poster.jpg');
    await writeJpeg(this.deps.tools, file, still.pixels, { ...still, format: 'rgb24' }, { signal: this.signal });
    return file;
  }

  private async offer(video: OwnFile, contactSheet: OwnFile, expected: Media, measured: Media) {
    const { job, run, prepared, offer } = this.assignment;
    const { tools, clock } = this.deps;
    const facts = {
      ...{ job, run, host: offer.host.id, prepared, clip: this.clip, sha256: video.seal.sha256, expected, measured },
      spec: JSON.parse(await readFile(prepared.spec, 'utf8')) as unknown,
      collectedAt: isoNow(clock),
      tools: { cosmosBridge: this.deps.version, node: process.versions.node, ffmpeg: tools.version },
    };
    return await placeResult({
      folder: await this.destination(),
      stem: `${job.settings.name}_${job.engine === 'preview' ? 'preview' : 'aug'}`,
      ...{ video, contactSheet, owner: { job: job.id, attempt: job.attempt } },
      provenance: (file) => provenanceOf(facts, path.basename(file)),
    });
  }

  /** Folder of the result. A clip that went away must not cost a finished result: it then stays with us. */
  private async destination(): Promise<string> {
    const { settings } = this.deps;
    return (await resultFolder(this.assignment.job, this.clip, settings.resultsFolder)) ?? this.folder;
  }

  private isStale(): boolean {
    const { source } = this.assignment.job;
    return source.kind === 'clip' && this.clip !== undefined && this.clip.revision !== source.revision;
  }

  private report(stage: string, fraction: number): void {
    this.deps.progress.report(this.assignment.job.id, stage, fraction);
  }
}

async function sealed(file: string): Promise<OwnFile> {
  return { file, seal: await sealOf(file) };
}

function rank({ label }: SheetRow): number {
  const offer = ROWS.indexOf(label);
  return offer === -1 ? ROWS.length : offer;
}
