/** Controls and masks whose number of frames is not that of the clip they belong to. */
import type { Transfer25 } from '../../../../schemas/spec/transfer25.js';
import { type Cosmos3Sample, commonRule, type Finding, type Transfer25Sample } from '../rule.js';
import { controlsOf } from '../sample-parts.js';
import { type Clip, colourClip, controlClips } from './measured.js';
import { MOST_FRAMES } from './most-frames.js';

export const framesDiffer = commonRule({
  code: 'frames_differ',
  severity: 'error',
  says: 'A control or mask has not as many frames as the clip it belongs to.',
  costs: {
    kind: 'late failure',
    text: 'A control that ends before the last chunk ends the run there, after all earlier chunks were paid for; a shorter gap is filled by playing the control backwards, and nobody says so.',
  },
  source:
    'cosmos-transfer2.5 _src/transfer2/inference/inference_pipeline.py:283-314, 613-617, issues #17 and #137; cosmos-framework inference/transfer.py:436-444, vision.py:234-249',
  check: (sample) => (sample.dialect === 'cosmos3' ? cosmos3Findings(sample) : transfer25Findings(sample)),
});

/** The colour video sets the length; controls are cut into the same chunks. */
function transfer25Findings(sample: Transfer25Sample): Finding[] {
  const colour = colourClip(sample);
  if (colour === undefined) return [];
  return controlClips(sample).flatMap((clip) => againstColour(clip, colour, sample.spec));
}

function againstColour(clip: Clip, colour: Clip, spec: Transfer25): Finding[] {
  const { label, path, media } = clip;
  const used = Math.min(colour.media.frames, spec.max_frames ?? MOST_FRAMES);
  if (media.frames >= used) return media.frames > colour.media.frames ? [unusedRest(clip, colour)] : [];
  const { chunks, lastStart } = chunksOf(used, spec);
  const fix = `Render the missing frames, or cut the clip with "max_frames": ${media.frames}.`;
  const needed = used < colour.media.frames ? `${used} of the colour video are used` : `the colour video ${used}`;
  if (chunks > 1 && media.frames <= lastStart) {
    const message = `${label} has ${media.frames} frames, ${needed}: the run fails at chunk ${chunks} of ${chunks}, which begins at frame ${lastStart + 1}, and everything made before it is lost`;
    return [{ path, message, fix }];
  }
  return [{ path, message: `${label} has ${media.frames} frames, ${needed}: ${madeUp(clip)}`, fix }];
}

/** Chunks overlap by the conditional frames (inference_pipeline.py:262-281). `lastStart` is counted from 0. */
function chunksOf(frames: number, spec: Transfer25): { chunks: number; lastStart: number } {
  const size = spec.num_video_frames_per_chunk;
  const stride = size - spec.num_conditional_frames;
  if (size === 1 || frames <= size || stride < 1) return { chunks: 1, lastStart: 0 };
  const chunks = 1 + Math.ceil((frames - size) / stride);
  return { chunks, lastStart: (chunks - 1) * stride };
}

/** The first control sets the length, whatever the colour video has; the others are cut or mirrored to it. */
function cosmos3Findings(sample: Cosmos3Sample): Finding[] {
  const [first] = controlsOf(sample);
  const controls = controlClips(sample);
  const colour = colourClip(sample);
  const lead = first?.control === null ? colour : controls.find(({ label }) => label === first?.hint);
  if (lead === undefined) return [];
  const most = sample.spec.max_frames ?? MOST_FRAMES;
  const others = controls.filter((clip) => clip !== lead).flatMap((clip) => againstLead(clip, lead, most));
  return colour === undefined || colour === lead ? others : [...lengthOfLead(lead, colour, most), ...others];
}

function lengthOfLead(lead: Clip, colour: Clip, most: number): Finding[] {
  const frames = Math.min(lead.media.frames, most);
  if (frames === Math.min(colour.media.frames, most)) return [];
  const message = `${lead.label} has ${lead.media.frames} frames, the colour video ${colour.media.frames}: the result has ${frames}, because the first control sets the length`;
  return [{ path: lead.path, severity: 'warning', message, fix: 'Render both with the same frames.' }];
}

function againstLead(clip: Clip, lead: Clip, most: number): Finding[] {
  const [own, wanted] = [Math.min(clip.media.frames, most), Math.min(lead.media.frames, most)];
  if (own === wanted) return [];
  if (own > wanted) return [unusedRest(clip, lead)];
  const message = `${clip.label} has ${clip.media.frames} frames, ${lead.label} ${lead.media.frames}: ${madeUp(clip)}`;
  const fix = `Render the missing frames, or cut the clip with "max_frames": ${clip.media.frames}.`;
  return [{ path: clip.path, severity: 'warning', message, fix }];
}

function unusedRest({ label, path, media }: Clip, reference: Clip): Finding {
  const message = `${label} has ${media.frames} frames, ${reference.label} ${reference.media.frames}: the rest is not used`;
  return { path, severity: 'warning', message, fix: 'Check that both begin at the same frame.' };
}

function madeUp({ label, media }: Clip): string {
  return media.frames === 1 ? 'it would stand still' : `the end would be made up by playing ${label} backwards`;
}
