/** Members of a run whose compiled specs lie on the disk, as preparing leaves them. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Member } from '../../../daemon/workload/engine.js';
import type { Media, Prepared } from '../../../schemas/index.js';
import { goodCosmos3, goodTransfer25 } from '../good-specs.js';
import { tempDir } from '../tmp.js';

export const CLIP: Media = { frames: 93, width: 1280, height: 704, fps: { num: 24, den: 1 } };

/** A job prepared with these fields of its spec. */
export function preparedTransfer25(fields: object = {}, media: Media = CLIP, hints = ['edge']): Prepared {
  return prepared({ ...goodTransfer25, ...fields }, media, hints);
}

export function preparedCosmos3(fields: object = {}, media: Media = CLIP, hints = ['depth']): Prepared {
  return prepared({ ...goodCosmos3, ...fields }, media, hints);
}

export function memberOf(made: Prepared): Member {
  const job = `job-${made.name}`;
  return { job, prepared: made, spec: `specs/${job}/${made.name}.json` };
}

/** For what never looks into the spec: commands and outcomes. */
export function bareMember(name: string, hints = ['edge']): Member {
  const specSha256 = '0'.repeat(64);
  return memberOf({ name, spec: `/state/${name}/spec.json`, specSha256, inputs: [], media: CLIP, hints });
}

function prepared(fields: { name: string }, media: Media, hints: string[]): Prepared {
  const text = JSON.stringify(fields);
  const spec = path.join(tempDir(), 'spec.json');
  writeFileSync(spec, text);
  const specSha256 = createHash('sha256').update(text).digest('hex');
  return { name: fields.name, spec, specSha256, inputs: [], media, hints };
}
