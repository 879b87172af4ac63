/** Renders one sample from its spec to its files, in NVIDIA's order: arguments, controls, video, prompt. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Media } from '../../../schemas/index.js';
import { CosmosError } from '../../errors.js';
import { decodeMovie } from '../../media/movie.js';
import { type MovieHeader, probeVideo } from '../../media/probe.js';
import { Control, fitted } from './control-frames.js';
import { styleOf } from './grade.js';
import { Output } from './growing-movie.js';
import { drawMark } from './mark.js';
import { outputMedia } from './media.js';
import { Mixer } from './mix.js';
import type { Sample } from './spec.js';
import type { Studio } from './studio.js';

/**
 * Renders one preview. `<name>.txt` is written last: where it is, everything else is complete.
 * @throws CosmosError spec_invalid or encode_failed; nothing half-written is left behind.
 */
export async function renderSample(sample: Sample, studio: Studio): Promise<void> {
  const stem = path.join(studio.outDir, sample.name);
  await writeFile(`${stem}.json`, `${JSON.stringify(sample.resolved, null, 2)}\n`);
  const input = await probeVideo(studio.tools, sample.video, studio.signal);
  const media = outputMedia({ ...input, frames: Math.min(input.frames, sample.maxFrames) });
  const controls: Control[] = [];
  const output = new Output({ ...studio, stem, media, format: 'rgb24' });
  try {
    for (const wish of sample.controls) controls.push(await Control.open(wish, media, stem, studio));
    await paint(sample, { input, media }, controls, output, studio);
    for (const control of controls) {
      await control.finish();
      studio.log.info(`Control saved to ${control.file}`);
    }
    await output.finish();
  } finally {
    await Promise.all([output, ...controls].map((part) => ('close' in part ? part.close() : part.discard())));
  }
  await writeFile(`${stem}.txt`, sample.prompt);
  studio.log.info(`Preview saved to ${output.file}`);
}

/** Every stream advances by one frame at a time, so memory holds one frame of each. */
async function paint(
  sample: Sample,
  { input, media }: { readonly input: MovieHeader; readonly media: Media },
  controls: readonly Control[],
  output: Output,
  { tools, log, signal }: Studio,
): Promise<void> {
  const mixer = new Mixer(media, styleOf(sample.prompt, sample.seed), sample.seed);
  const shape = { ...media, format: 'rgb24' } as const;
  let done = 0;
  for await (const color of decodeMovie(tools, input, shape, { signal, filter: fitted(media) })) {
    const layers = await Promise.all(controls.map((control) => control.next(color)));
    const picture = mixer.mix(done, color, layers);
    drawMark(picture, media);
    await output.write(picture);
    log.progress(++done, media.frames);
    if (done === media.frames) return;
  }
  throw new CosmosError('encode_failed', `${sample.video} ended early, at frame ${done} of ${media.frames}.`);
}
