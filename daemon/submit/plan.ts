/** Computes what a submit would do. */
import path from 'node:path';
import {
  type CheckReport,
  type Clip,
  type Estimate,
  HintKey,
  type Media,
  type Plan,
  type Watch,
} from '../../schemas/index.js';
import { hintOf } from '../../schemas/spec/dialect.js';
import { isMovie } from '../media/formats.js';
import { expectedMedia } from '../picture/movie/expected-media.js';
import type { JobDraft } from '../queue/job-draft.js';
import { checkSpec } from '../workload/dialects/check.js';
import { stagedFacts } from '../workload/dialects/surroundings.js';
import { compile, type Material } from '../workload/transfer/material.js';
import type { Planned } from './drafts.js';
import { holdReason } from './hold.js';
import type { SubmissionDeps } from './needs.js';

export interface SpecPreview {
  readonly text: string;
  readonly report: CheckReport;
  readonly estimate: Estimate | null;
}

/** Compiles the spec and checks it with the facts that are known before the clip is encoded. */
export function previewSpec(
  { material, draft }: Pick<Planned, 'material'> & { readonly draft: Pick<JobDraft, 'settings'> },
  deps: Pick<SubmissionDeps, 'estimate' | 'folders'>,
): SpecPreview {
  const { clip, hand } = material;
  const spec = compile(material, draft.settings);
  const inputs = new Set(spec.inputs.map((input) => input.path));
  const media = clip === null ? new Map<string, Media>() : passMedia(clip, deps.folders.list(), spec.inputs);
  const folder = clip === null ? path.dirname(hand?.file ?? '') : folderOf(clip);
  const file = path.join(folder, `${draft.settings.name}.json`);
  const facts = stagedFacts(inputs, media);
  const report = checkSpec(file, spec.text, { engine: spec.dialect, facts });
  return { text: spec.text, report, estimate: estimateOf(material, draft, spec, deps) };
}

export function planOf(planned: Planned, deps: Pick<SubmissionDeps, 'estimate' | 'folders' | 'pricePerHour'>): Plan {
  const { settings, files } = planned.draft;
  const { text, report, estimate } = previewSpec(planned, deps);
  const inputs = files.map((file) => ({ path: file.path, bytes: file.size }));
  return {
    name: settings.name,
    engine: settings.engine,
    host: settings.host,
    prompt: settings.prompt,
    promptSource: settings.promptSource,
    inputs,
    bytes: inputs.reduce((sum, { bytes }) => sum + bytes, 0),
    spec: text,
    check: report,
    estimate,
    wouldHold: holdReason(settings, deps.pricePerHour(settings)),
  };
}

/** In a flat folder the clip is a movie, so its path is a file: the folder around it is used. */
function folderOf(clip: Clip): string {
  return isMovie(clip.path) ? path.dirname(clip.path) : clip.path;
}

function passMedia(clip: Clip, watches: readonly Watch[], inputs: Inputs): Map<string, Media> {
  const media = expectedMedia(clip, watches);
  if (media === null) return new Map();
  return new Map(inputs.flatMap(({ path: at, from }) => (from.kind === 'pass' ? [[at, media]] : [])));
}

type Inputs = ReturnType<typeof compile>['inputs'];

function estimateOf(
  { clip }: Material,
  { settings: { engine, host } }: Pick<JobDraft, 'settings'>,
  spec: ReturnType<typeof compile>,
  { estimate }: Pick<SubmissionDeps, 'estimate'>,
): Estimate | null {
  if (clip === null || clip.frames < 1) return null; // the frames of a spec's own files are counted when it is prepared
  const keys = spec.hints.map(hintOf);
  const hints = HintKey.options.filter((hint) => keys.includes(hint));
  return estimate({ engine, host, frames: clip.frames, hints, spec: spec.object });
}
