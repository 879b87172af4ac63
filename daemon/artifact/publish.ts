/** Makes a result from the files of a run: fetches, verifies, draws and places them. May be repeated at any point. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clip, Job, Media, Prepared, Result } from '../../schemas/index.js';
import { type Clock, isoNow } from '../clock.js';
import { writeJpeg } from '../media/still.js';
import type { MediaTools } from '../media/tools.js';
import type { Seals } from '../queue/results.js';
import { type SheetRow, writeContactSheet } from './contact-sheet.js';
import { type OwnFile, placeResult, resultFolder } from './place-result.js';
import { provenanceOf } from './provenance.js';
import { sealOf } from './sha256.js';
import { grabStills, moments } from './stills.js';
import { verifyOutput } from './verify.js';

/** Order of the rows of a contact sheet; other inputs follow. */
const ROWS = ['color', 'depth', 'seg', 'edge', 'vis'];

/** What one job has left in its run folder, with everything that makes a result of it. */
export interface Delivery {
  readonly job: Job;
  readonly run: string;
  /** Id of the host that ran it. */
  readonly host: string;
  readonly prepared: Prepared;
  /** The clip of the job as it is now; undefined = the job had none, or the clip is gone. */
  readonly clip: Clip | undefined;
  /** Paths relative to the run folder on the host. */
  readonly outputs: { readonly video: string; readonly controls: Readonly<Record<string, string>> };
  /** What the video must be. */
  readonly expected: Media;
  /** Local folder for the files that belong to the result and do not lie beside the artist's files. */
  readonly folder: string;
  /** Where videos are placed; null = beside the clip. */
  readonly resultsFolder: string | null;
  readonly tools: MediaTools;
  readonly clock: Clock;
  /** Version of Cosmos Bridge, for the provenance. */
  readonly version: string;
  /** Local path of an input by its hash. */
  input(sha256: string): string;
  /** Fetches files of the run. @throws CosmosError too_much_from_host, or why the host does not give them. */
  collect(files: readonly DeliveredFile[]): Promise<void>;
  report(stage: string, fraction: number): void;
}

/** A file of the run (`from`, relative to its folder) and the absolute local path that it gets. */
export interface DeliveredFile {
  readonly from: string;
  readonly to: string;
  readonly role: 'video' | 'control';
  /** Local folder that will hold a second copy: its disk needs the room, too. */
  readonly alsoIn?: string;
}

/** A result, and the hashes of the files that clients are shown. */
export interface Published {
  readonly result: Result;
  readonly seals: Seals;
}

/** @throws CosmosError output_invalid when the video is not what the spec asks for. */
export async function publish(delivery: Delivery, signal: AbortSignal): Promise<Published> {
  return await new Publisher(delivery, signal).publish();
}

class Publisher {
  constructor(
    private readonly delivery: Delivery,
    private readonly signal: AbortSignal,
  ) {}

  async publish(): Promise<Published> {
    const { job, outputs, expected, tools, clock, report } = this.delivery;
    const controls = await this.fetch();
    const video = this.local(outputs.video);
    const measured = await verifyOutput(tools, video, expected, this.signal);
    report('making the contact sheet', 0.5);
    const sheet = await sealed(await this.drawSheet(video, measured));
    const poster = await sealed(await this.drawPoster(video, measured));
    report('placing the result', 0.9);
    const source = await sealed(video);
    const placed = await this.place(source, sheet, measured);
    const { fps, frames, width, height } = measured;
    const result: Result = {
      ...{ job: job.id, clip: job.clip, name: job.name, ...placed, poster: poster.file, controls, ...source.seal },
      ...{ frames, width, height, fps: fps.num / fps.den, preview: job.engine === 'preview', stale: this.isStale() },
      ...{ mark: null, createdAt: isoNow(clock) },
    };
    return { result, seals: { poster: poster.seal, contactSheet: sheet.seal } };
  }

  /** Fetches the video and the controls; returns the local paths of the controls. */
  private async fetch(): Promise<Record<string, string>> {
    const { video, controls } = this.delivery.outputs;
    await this.delivery.collect([
      { from: video, to: this.local(video), role: 'video', alsoIn: await this.destination() },
      ...Object.values(controls).map((from) => ({ from, to: this.local(from), role: 'control' as const })),
    ]);
    return Object.fromEntries(Object.entries(controls).map(([hint, file]) => [hint, this.local(file)]));
  }

  private local(file: string): string {
    return path.join(this.delivery.folder, path.posix.basename(file));
  }

  private async drawSheet(video: string, media: Media): Promise<string> {
    const { job, prepared, folder, tools } = this.delivery;
    const inputs = prepared.inputs.filter(({ path: name }) => name.endsWith('.mp4'));
    const rows = inputs.map(({ path: name, sha256 }) => ({
      label: path.posix.basename(name, '.mp4'),
      file: this.delivery.input(sha256),
    }));
    rows.sort((a, b) => rank(a) - rank(b));
    const file = path.join(folder, 'sheet.png');
    const result = { label: job.engine === 'preview' ? 'preview' : 'result', file: video };
    await writeContactSheet(tools, file, { title: job.name, rows: [...rows, result], media }, this.signal);
    return file;
  }

  private async drawPoster(video: string, media: Media): Promise<string> {
    const { folder, tools } = this.delivery;
    const [, middle] = moments(media.frames);
    const [still] = await grabStills(tools, video, [middle], media, this.signal);
    if (still === undefined) throw new Error('a verified video has a frame in its middle');
    const file = path.join(folder, 'poster.jpg');
    await writeJpeg(tools, file, still.pixels, { ...still, format: 'rgb24' }, { signal: this.signal });
    return file;
  }

  private async place(video: OwnFile, contactSheet: OwnFile, measured: Media) {
    const { job, run, host, prepared, clip, expected, clock, tools, version } = this.delivery;
    const facts = {
      ...{ job, run, host, prepared, clip, sha256: video.seal.sha256, expected, measured },
      spec: JSON.parse(await readFile(prepared.spec, 'utf8')) as unknown,
      collectedAt: isoNow(clock),
      tools: { cosmosBridge: version, node: process.versions.node, ffmpeg: tools.version },
    };
    return await placeResult({
      folder: await this.destination(),
      stem: `${job.settings.name}_${job.engine === 'preview' ? 'preview' : 'aug'}`,
      ...{ video, contactSheet, owner: { job: job.id, attempt: job.attempt } },
      provenance: (file) => provenanceOf(facts, path.basename(file)),
    });
  }

  /** Folder of the result. When the folder of the clip is gone, a finished result is kept in our own folder. */
  private async destination(): Promise<string> {
    const { job, clip, resultsFolder, folder } = this.delivery;
    return (await resultFolder(job, clip, resultsFolder)) ?? folder;
  }

  private isStale(): boolean {
    const { job, clip } = this.delivery;
    return job.source.kind === 'clip' && clip !== undefined && clip.revision !== job.source.revision;
  }
}

async function sealed(file: string): Promise<OwnFile> {
  return { file, seal: await sealOf(file) };
}

function rank({ label }: SheetRow): number {
  const row = ROWS.indexOf(label);
  return row === -1 ? ROWS.length : row;
}
