/** Controls and masks whose number of frames is not that of the clip they belong to. */

import { MOST_FRAMES } from '../../../../../schemas/spec/chunks.js';
import { chunkingOf } from '../../../transfer25/rules/chunking.js';
import { type Cosmos3Sample, commonRule, type Finding, type Transfer25Sample } from '../rule.js';
import { controlsOf } from '../sample-parts.js';
import { type Clip, colourClip, controlClips } from './measured.js';
import { fewerFrames } from './most-frames.js';

export const framesDiffer = commonRule({
  code: 'frames_differ',
  severity: 'error',
  says: 'A control or mask has not as many frames as the clip it belongs to.',
  costs: {
    kind: 'silent change',
    text: 'The gap is filled by playing the control backwards, and no line of the log says so; it shows in the finished video.',
  },
  source:
    'cosmos-transfer2.5 _src/transfer2/inference/inference_pipeline.py:283-314; cosmos-framework inference/transfer.py:436-444, vision.py:234-249',
  check: (sample) => (sample.dialect === 'cosmos3' ? cosmos3Findings(sample) : transfer25Findings(sample)),
});

/** The colour video sets the length; the rule control_ends_early reports a control that ends before the last chunk. */
function transfer25Findings(sample: Transfer25Sample): Finding[] {
  const colour = colourClip(sample);
  if (colour === undefined) return [];
  const used = Math.min(colour.media.frames, sample.spec.max_frames ?? MOST_FRAMES);
  const lastStart = chunkingOf(sample)?.lastStart ?? 0;
  return controlClips(sample)
    .filter(({ media }) => media.frames > lastStart)
    .flatMap((clip) => againstColour(clip, colour, used));
}

function againstColour(clip: Clip, colour: Clip, used: number): Finding[] {
  const { label, path, media } = clip;
  if (media.frames >= used) return media.frames > colour.media.frames ? [unusedRest(clip, colour)] : [];
  const needed = used < colour.media.frames ? `${used} of the colour video are used` : `the colour video ${used}`;
  return [{ path, message: `${label} has ${media.frames} frames, ${needed}: ${madeUp(clip)}`, ...renderOrCut(clip) }];
}

/** The first control sets the length, whatever the colour video has; the others are cut or mirrored to it. */
function cosmos3Findings(sample: Cosmos3Sample): Finding[] {
  const [first] = controlsOf(sample);
  const controls = controlClips(sample);
  const colour = colourClip(sample);
  const lead = first?.control === null ? colour : controls.find(({ label }) => label === first?.hint);
  if (lead === undefined) return [];
  const most = sample.resolved.max_frames ?? MOST_FRAMES;
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
  return [{ path: clip.path, severity: 'warning', message, ...renderOrCut(clip) }];
}

function unusedRest({ label, path, media }: Clip, reference: Clip): Finding {
  const message = `${label} has ${media.frames} frames, ${reference.label} ${reference.media.frames}: the rest is not used`;
  return { path, severity: 'warning', message, fix: 'Check that both begin at the same frame.' };
}

function renderOrCut({ media: { frames } }: Clip): Pick<Finding, 'fix' | 'offers'> {
  const fix = `Render the missing frames, or cut the clip with "max_frames": ${frames}.`;
  return { fix, offers: [fewerFrames(frames)] };
}

function madeUp({ label, media }: Clip): string {
  return media.frames === 1 ? 'it would stand still' : `the end would be made up by playing ${label} backwards`;
}
