/** The size that the model works at. */
import { nearest } from '../../../near.js';
import { transfer25Rule } from '../../dialects/rules/rule.js';

/** Keys of VIDEO_RES_SIZE_INFO (cosmos_transfer2/_src/predict2/datasets/utils.py:44-67). */
const RESOLUTIONS = ['256', '480', '480p', '512', '720', '720p', '720robocasa', '1024', '1080'];
const TRAINED = '720';

export const knownResolution = transfer25Rule({
  code: 'resolution',
  severity: 'error',
  says: 'A resolution that is not in the table of the model is noticed only after the model was loaded.',
  costs: { kind: 'late failure', text: 'Loading the model: one to three minutes of GPU time.' },
  source:
    'cosmos_transfer2/_src/predict2/datasets/utils.py:44-67; cosmos_transfer2/_src/transfer2/inference/utils.py:298',
  check: ({ spec: { resolution } }) => {
    if (RESOLUTIONS.includes(resolution)) return [];
    const path = ['resolution'];
    const message = `there is no resolution "${resolution}"`;
    const plain = resolution.trim().toLowerCase();
    const list = `It is one of ${RESOLUTIONS.join(', ')}; the released checkpoints are made for ${TRAINED}.`;
    if (!RESOLUTIONS.includes(plain)) return [{ path, message, fix: `${guess(plain)}${list}` }];
    return [{ path, message, fix: `Write "${plain}".`, repair: [{ do: 'set', path, value: plain }] }];
  },
});

/** "1280x720" and "1920x1080" name a size as people do; anything else is compared by its letters. */
function guess(plain: string): string {
  const lines = /^\d+\s*[x*×]\s*(\d+)$/.exec(plain)?.[1];
  const meant = lines === undefined ? nearest(plain, RESOLUTIONS, 1)[0] : RESOLUTIONS.find((one) => one === lines);
  return meant === undefined ? '' : `Did you mean "${meant}"? `;
}

export const untrainedResolution = transfer25Rule({
  code: 'resolution_untrained',
  severity: 'info',
  says: 'The released checkpoints are made for 720; other sizes run, but the model has not learned them.',
  costs: { kind: 'silent change', text: 'The run succeeds; the picture may be worse than at 720.' },
  source: 'packages/cosmos-oss/cosmos_oss/checkpoints_transfer2.py:34-127',
  check: ({ spec: { resolution } }) => {
    if (resolution === TRAINED || !RESOLUTIONS.includes(resolution)) return [];
    const message = `resolution "${resolution}" works, but the released checkpoints are made for "${TRAINED}"`;
    return [{ path: ['resolution'], message, fix: `Use "${TRAINED}" for the final video.` }];
  },
});
