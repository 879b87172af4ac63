/** A single picture where a video is meant. */
import { type Cosmos3Sample, commonRule, type Finding, type Transfer25Sample } from '../rule.js';
import { colourVideo, controlsOf, type NamedFile } from '../sample-parts.js';
import { isPicture } from './measured.js';

export const pictureForVideo = commonRule({
  code: 'picture_for_video',
  severity: 'warning',
  says: 'A single picture stands where the rest of the spec has a video, or the other way round.',
  costs: {
    kind: 'time and money',
    text: 'In Transfer 2.5 a picture as colour video gives one picture for the price of a whole chunk, and a picture as control ends the run at the second chunk; else it stands still.',
  },
  source:
    'cosmos-transfer2.5 _src/transfer2/inference/inference_pipeline.py:262-314, utils.py:211-247; cosmos-framework inference/vision.py:234-249',
  check: (sample) => (sample.dialect === 'cosmos3' ? cosmos3Findings(sample) : transfer25Findings(sample)),
});

function transfer25Findings(sample: Transfer25Sample): Finding[] {
  const colour = colourVideo(sample);
  if (colour === null) return [];
  if (isPicture(colour.named)) return ofPicture(colour, sample.spec.num_video_frames_per_chunk);
  const then = 'it stands still, and a video of more than one chunk fails at the second';
  return controlsOf(sample).flatMap(({ hint, control, mask }) => [
    ...stillFinding(hint, control, then, 'warning'),
    // A mask that stands still may well be meant.
    ...stillFinding(`the mask of ${hint}`, mask, then, 'info'),
  ]);
}

/** The first control makes the result a picture or a video, which is another rule; the others follow it. */
function cosmos3Findings(sample: Cosmos3Sample): Finding[] {
  const [first, ...others] = controlsOf(sample);
  const lead = first?.control ?? colourVideo(sample);
  if (lead === null || isPicture(lead.named)) return [];
  return others.flatMap(({ hint, control }) => stillFinding(hint, control, 'it stands still', 'warning'));
}

function ofPicture({ path }: NamedFile, chunk: number): Finding[] {
  if (chunk === 1) return [];
  const message = `video_path is a picture: one picture is made, for the price of ${chunk} frames`;
  const repair = { do: 'set', path: ['num_video_frames_per_chunk'], value: 1 } as const;
  return [{ path, message, fix: 'Write "num_video_frames_per_chunk": 1, or give a video.', repair: [repair] }];
}

function stillFinding(label: string, file: NamedFile | null, then: string, severity: 'warning' | 'info'): Finding[] {
  if (file === null || !isPicture(file.named)) return [];
  const fix = 'Give a video with as many frames as the others.';
  return [{ path: file.path, severity, message: `${label} is a single picture: ${then}`, fix }];
}
