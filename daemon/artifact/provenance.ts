/** The JSON file beside a video: where the video comes from, and all that is needed to make it again. */

import type * as z from 'zod';
import type { Clip, EngineName, HoudiniSource, Job, JobSettings, Media, Prepared } from '../../schemas/index.js';

/** Written beside every preview, because its file can be passed on without this program. */
const PREVIEW_NOTE =
  'This is a preview made on this computer from the passes alone. It is not a Cosmos result: no model was run.';

export interface Provenance {
  readonly job: string;
  readonly attempt: number;
  readonly run: string;
  readonly host: string;
  readonly engine: EngineName;
  readonly note: string | null;
  readonly video: {
    readonly file: string;
    readonly sha256: string;
    readonly expected: Media;
    readonly measured: Media;
  };
  readonly clip: {
    readonly id: string;
    readonly name: string;
    readonly revision: number;
    /** null = the clip has changed since, so its present key would be wrong. */
    readonly contentKey: string | null;
    readonly houdini: z.infer<typeof HoudiniSource> | null;
  } | null;
  readonly inputs: readonly { readonly path: string; readonly sha256: string; readonly bytes: number }[];
  readonly settings: JobSettings;
  readonly prompt: { readonly text: string; readonly source: string };
  readonly spec: unknown;
  readonly specSha256: string;
  readonly times: { readonly submitted: string; readonly started: string | null; readonly collected: string };
  readonly tools: { readonly cosmosBridge: string; readonly node: string; readonly ffmpeg: string | null };
}

export interface ProvenanceFacts {
  readonly job: Job;
  readonly run: string;
  readonly host: string;
  readonly prepared: Prepared;
  /** Content of the compiled spec. */
  readonly spec: unknown;
  readonly clip: Clip | undefined;
  readonly sha256: string;
  readonly expected: Media;
  readonly measured: Media;
  /** UTC ISO. */
  readonly collectedAt: string;
  readonly tools: Provenance['tools'];
}

/** @param file name of the video. */
export function provenanceOf(facts: ProvenanceFacts, file: string): Provenance {
  const { job, run, host, prepared, sha256, expected, measured, spec, tools, collectedAt } = facts;
  return {
    ...{ job: job.id, attempt: job.attempt, run, host, engine: job.engine },
    note: job.engine === 'preview' ? PREVIEW_NOTE : null,
    video: { file, sha256, expected, measured },
    clip: clipFacts(facts),
    inputs: prepared.inputs,
    settings: job.settings,
    prompt: { text: job.settings.prompt, source: job.settings.promptSource },
    spec,
    specSha256: prepared.specSha256,
    times: { submitted: job.createdAt, started: job.startedAt, collected: collectedAt },
    tools,
  };
}

function clipFacts({ job, clip }: ProvenanceFacts): Provenance['clip'] {
  if (job.source.kind === 'spec') return null;
  const { clip: id, revision } = job.source;
  const same = clip?.revision === revision ? clip : undefined;
  const houdini = same?.manifest?.houdini ?? null;
  return { id, name: job.name, revision, contentKey: same?.contentKey ?? null, houdini };
}
