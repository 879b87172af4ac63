/** Translates the resolution, which both engines write as text with different values. */
import type { Dialect } from '../../../../schemas/index.js';
import { modelTitle } from '../../../../schemas/model-title.js';
import type { Decision } from './decisions.js';

/** The same size by another name, or the nearest one in which Cosmos 3 makes videos (inference/args.py:454-470). */
const TO_COSMOS3: Readonly<Record<string, string>> = {
  '256': '256',
  '480': '480',
  '480p': '480',
  '512': '480',
  '720': '720',
  '720p': '720',
  '720robocasa': '720',
  '1024': '720',
  '1080': '720',
};
/** 704 is the 720 of Transfer 2.5, which makes 1280x704 of 16:9 (VIDEO_RES_SIZE_INFO). */
const TO_TRANSFER25: Readonly<Record<string, string>> = {
  '256': '256',
  '480': '480',
  '704': '720',
  '720': '720',
  '768': '720',
};

/** What a resolution of Transfer 2.5 comes to, written or not. */
export function cosmos3Resolution(resolution: string): string {
  return TO_COSMOS3[resolution] ?? '720';
}

export const resolutionToCosmos3 = mapped(TO_COSMOS3, 'cosmos3');
export const resolutionToTransfer25 = mapped(TO_TRANSFER25, 'transfer2.5');

function mapped(table: Readonly<Record<string, string>>, engine: Dialect): Decision<string> {
  return (written, draft) => {
    const to = Object.hasOwn(table, written.value) ? table[written.value] : undefined;
    if (to === undefined) {
      draft.drop(written, `${modelTitle(engine)} has no such size; its default is 720`);
      return;
    }
    draft.set(written.to, to);
    if (to !== written.value) draft.change(written, `becomes ${to}, the nearest that ${modelTitle(engine)} knows`);
  };
}
