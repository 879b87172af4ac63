/** Media files that NVIDIA's reader lets through by their existence and that the run cannot open. */
import { isUrl, suffixOf } from '../../../../../schemas/spec/paths.js';
import { type Cosmos3Sample, commonRule, type Finding, type Transfer25Sample } from '../rule.js';
import { colourVideo, controlsOf, type NamedFile } from '../sample-parts.js';

const PICTURES = ['.png', '.jpg', '.jpeg'];
/** What has a decoder there; .mkv passes the first test and has none. Capitals are other suffixes. */
const TRANSFER25_VIDEO = ['.mp4', '.avi', '.mov', '.webm', ...PICTURES];
const TRANSFER25_CONTROL = [...TRANSFER25_VIDEO, '.flv', '.wmv'];
const COSMOS3_CONTROL = ['.mp4', '.avi', '.mov', '.mkv', '.webm', ...PICTURES];

export const mediaSuffix = commonRule({
  code: 'media_suffix',
  severity: 'error',
  says: 'The file exists, but the run opens no files with this suffix; for Transfer 2.5 capitals count.',
  costs: { kind: 'late failure', text: 'The run ends when it opens the file, after the model was loaded.' },
  source:
    'cosmos-transfer2.5 _src/transfer2/inference/utils.py:36-37, 335-337, 372-374, _src/imaginaire/utils/easy_io/handlers/registry_utils.py:32-63; cosmos-framework inference/vision.py:185-186',
  check: (sample) => (sample.dialect === 'cosmos3' ? cosmos3Findings(sample) : transfer25Findings(sample)),
});

function transfer25Findings(sample: Transfer25Sample): Finding[] {
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
function cosmos3Findings(sample: Cosmos3Sample): Finding[] {
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
