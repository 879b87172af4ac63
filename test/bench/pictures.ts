/**
 * The EXR reader: beside OpenImageIO on real files, when a folder of them is named by --samples=FOLDER or by
 * COSMOS_EXR_SAMPLES; its speed beside ffmpeg; on 10,000 damaged files. Needs what `npm test` installs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findMediaTools } from '../../daemon/media/tools.js';
import { compareSamples, type Sample } from '../daemon/picture/exr/samples.js';
import { OpenImageIO } from '../daemon/picture/oiio.js';
import { validExrs, validImages } from '../daemon/picture/sources.js';
import { type Trial, tryCorrupt, tryCorruptImages } from '../daemon/picture/trial.js';
import { pictureReader } from '../support/pictures.js';
import { benchExr } from './exr.js';

const DAMAGED = 10_000;
/** Of those that ffmpeg reads, which is started for each. */
const DAMAGED_IMAGES = 2_000;
/** Sentences that are shown, the commonest first. */
const USUAL = 12;
export const SAMPLES = '--samples=';

export async function bench(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-bench-'));
  try {
    await samples();
    await benchExr();
    await damaged(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function samples(): Promise<void> {
  const named = process.argv.find((word) => word.startsWith(SAMPLES))?.slice(SAMPLES.length);
  const folder = named ?? process.env.COSMOS_EXR_SAMPLES;
  if (folder === undefined) {
    console.log(`real files: left out; name a folder of them by ${SAMPLES}FOLDER or COSMOS_EXR_SAMPLES`);
    return;
  }
  const judge = OpenImageIO.open();
  const found = await compareSamples(folder, judge);
  await judge.close();
  for (const sample of found) console.log(describe(sample));
  const both = found.filter(({ planes }) => planes > 0);
  const equal = both.filter(({ other }) => other === 0);
  console.log(
    `${found.length} parts: ${equal.length} of ${both.length} that both read are bit-equal to OpenImageIO, ` +
      `${found.length - both.length} are read by one alone or by none`,
  );
}

function describe({ file, part, compression, planes, other, worstHalfSteps, words }: Sample): string {
  const what = [file, part, compression].filter((word) => word !== '').join(', ');
  if (words !== '') return `${what}: ${words}`;
  const how =
    other === 0 ? 'bit-equal' : `${other} samples other, by up to ${worstHalfSteps.toFixed(2)} steps of a half`;
  return `${what}: ${planes} channels ${how}`;
}

async function damaged(folder: string): Promise<void> {
  const exrs = await validExrs(folder);
  await report(`${DAMAGED} damaged EXR files`, () => tryCorrupt(exrs, DAMAGED, folder));
  const [images, pictures] = [await validImages(folder), pictureReader(await findMediaTools())];
  await report(`${DAMAGED_IMAGES} damaged images of other kinds`, () =>
    tryCorruptImages(pictures, images, DAMAGED_IMAGES, folder),
  );
}

async function report(what: string, measure: () => Promise<Trial>): Promise<void> {
  const begun = performance.now();
  const { read, refused, bad, longest, peak, sentences } = await measure();
  const seconds = (performance.now() - begun) / 1000;
  for (const one of bad) console.log(one);
  const memory = peak === 0 ? '' : `, the reader's peak ${(peak / 2 ** 20).toFixed(0)} MB`;
  console.log(
    `${what} in ${seconds.toFixed(0)} s: ${read} read, ${refused} refused by a sentence, ${bad.length} bad; ` +
      `longest ${longest.toFixed(0)} ms${memory}`,
  );
  const usual = [...sentences].sort(([, a], [, b]) => b - a).slice(0, USUAL);
  for (const [sentence, times] of usual) console.log(`  ${times} x ${sentence}`);
}
