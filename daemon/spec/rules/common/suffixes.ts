/** Media files that NVIDIA's reader lets through by their existence and that the run cannot open. */
import { isUrl, suffixOf } from '../../../../schemas/spec/paths.js';
import { commonRule, type Finding, type Sample, transfer25Rule } from '../rule.js';
import { colourVideo, controlsOf, type NamedFile } from '../sample-parts.js';
import { isPicture } from './measured.js';

const PICTURES = ['.png', '.jpg', '.jpeg'];
/** What has a decoder there; .mkv passes the first test and has none. Capitals are other suffixes. */
const TRANSFER25_VIDEO = ['.mp4', '.avi', '.mov', '.webm', ...PICTURES];
const TRANSFER25_CONTROL = [...TRANSFER25_VIDEO, '.flv', '.wmv'];
const COSMOS3_CONTROL = ['.mp4', '.avi', '.mov', '.mkv', '.webm', ...PICTURES];

export const mediaSuffix = commonRule({
  code: 'media_suffix',
  severity: 'error',
  says: 'The file exists, but the run opens no files with this suffix; for transfer2.5 capitals count.',
  costs: { kind: 'late failure', text: 'The run ends when it opens the file, after the model was loaded.' },
  source:
    'cosmos-transfer2.5 _src/transfer2/inference/utils.py:36-37, 335-337, 372-374, _src/imaginaire/utils/easy_io/handlers/registry_utils.py:32-63; cosmos-framework inference/vision.py:185-186',
  check: (sample) => (sample.dialect === 'cosmos3' ? cosmos3Findings(sample) : transfer25Findings(sample)),
});

function transfer25Findings(sample: Sample & { dialect: 'transfer2.5' }): Finding[] {
  const { image_context_path: context } = sample.spec;
  const style = context === null ? null : { path: ['image_context_path'], named: context };
  return [
    ...[colourVideo(sample), style].flatMap((file) => suffixFinding(file, TRANSFER25_VIDEO, (suffix) => suffix)),
    ...controlsOf(sample)
      .flatMap(({ control, mask }) => [control, mask])
      .flatMap((file) => suffixFinding(file, TRANSFER25_CONTROL, (suffix) => suffix)),
  ];
}

/** The suffix of vision_path is looked at by NVIDIA's own code. */
function cosmos3Findings(sample: Sample & { dialect: 'cosmos3' }): Finding[] {
  return controlsOf(sample).flatMap(({ control }) =>
    suffixFinding(control, COSMOS3_CONTROL, (suffix) => suffix.toLowerCase()),
  );
}

function suffixFinding(file: NamedFile | null, known: readonly string[], seen: (suffix: string) => string): Finding[] {
  if (file === null || isUrl(file.named)) return [];
  const suffix = suffixOf(file.named);
  if (known.includes(seen(suffix))) return [];
  const what = suffix === '' ? 'files without a suffix' : `${suffix} files`;
  const small = suffix.toLowerCase();
  const fix = known.includes(small)
    ? `Rename the file so that it ends in ${small}, in small letters.`
    : 'Convert it to .mp4.';
  return [{ path: file.path, message: `${file.path.join('.')}: the run cannot open ${what}`, fix }];
}

export const pictureForVideo = transfer25Rule({
  code: 'picture_for_video',
  severity: 'warning',
  says: 'A single picture stands where the rest of the spec has a video, or the other way round.',
  costs: {
    kind: 'time and money',
    text: 'A picture as colour video gives one picture for the price of a whole chunk; a picture as control stands still, or ends the run at the second chunk.',
  },
  source: '_src/transfer2/inference/inference_pipeline.py:262-314; _src/transfer2/inference/utils.py:211-247',
  check: (sample) => {
    const colour = colourVideo(sample);
    if (colour === null) return [];
    if (isPicture(colour.named)) return ofPicture(colour, sample.spec.num_video_frames_per_chunk);
    return controlsOf(sample).flatMap(({ hint, control, mask }) => [
      ...stillFinding(hint, control, 'warning'),
      ...stillFinding(`the mask of ${hint}`, mask, 'info'),
    ]);
  },
});

function ofPicture({ path }: NamedFile, chunk: number): Finding[] {
  if (chunk === 1) return [];
  const message = `video_path is a picture: one picture is made, for the price of ${chunk} frames`;
  const repair = { do: 'set', path: ['num_video_frames_per_chunk'], value: 1 } as const;
  return [{ path, message, fix: 'Write "num_video_frames_per_chunk": 1, or give a video.', repair: [repair] }];
}

/** A mask that stands still may well be meant. */
function stillFinding(label: string, file: NamedFile | null, severity: 'warning' | 'info'): Finding[] {
  if (file === null || !isPicture(file.named)) return [];
  const message = `${label} is a single picture: it stands still, and a video of more than one chunk fails at the second`;
  return [{ path: file.path, severity, message, fix: 'Give a video with as many frames as the colour video.' }];
}
