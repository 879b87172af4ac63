/** Read from the sources: only media/input.ts gives ffmpeg an input, and only known files start it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const sources = readdirSync(path.join(root, 'daemon'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `daemon/${name.split(path.sep).join('/')}`)
  .sort()
  .map((name) => ({ name, text: readFileSync(path.join(root, name), 'utf8') }));

const namesOf = (found: RegExp) => sources.filter(({ text }) => found.test(text)).map(({ name }) => name);

test('an input of ffmpeg is written in one place', () => {
  // The engines of NVIDIA, and the preview that stands for them, have an -i of their own, which names specs.
  const engines = [
    'daemon/workload/cosmos3/cosmos3.ts',
    'daemon/workload/preview/preview.ts',
    'daemon/workload/transfer25/transfer25.ts',
  ];
  expect(namesOf(/['"`]-i['"`]/)).toEqual(['daemon/media/input.ts', ...engines]);
});

test('whoever starts ffmpeg or ffprobe takes its input from there', () => {
  const starts = namesOf(/(?:runProcess|streamProcess)\(\s*(?:this\.)?(?:deps\.)?tools\.ff(?:mpeg|probe)/);
  expect(starts).toEqual([
    'daemon/media/frames.ts',
    'daemon/media/probe.ts',
    'daemon/media/still.ts',
    'daemon/watch/probe.ts',
  ]);
  for (const name of starts) {
    const { text } = sources.find((source) => source.name === name) ?? { text: '' };
    expect([name, /from '(?:\.\/|\.\.\/media\/)input\.js'/.test(text)]).toEqual([name, true]);
  }
});

test('what decodes frames is given arguments that come from there', () => {
  // Each of these passes on what inputOf, probeHeader, probeVideo or packetInput gave it.
  expect(namesOf(/\bdecodeFrames\(/)).toEqual([
    'daemon/media/frames.ts',
    'daemon/media/movie.ts',
    'daemon/picture/image/frames.ts',
    'daemon/picture/movie/encode-check.ts',
    'daemon/picture/movie/movie-measure.ts',
  ]);
});

test('every output names its format and its file as a file', () => {
  for (const name of ['daemon/media/frames.ts', 'daemon/media/still.ts']) {
    const { text } = sources.find((source) => source.name === name) ?? { text: '' };
    expect(text).toMatch(/'-f',\s*'(?:mp4|mjpeg)',\s*fileUrl\(file\)/);
  }
});

test('pictures, movies and inputs of jobs are opened through the door alone', () => {
  const bare = sources
    .filter(({ name }) => /^daemon\/(?:contents|media|picture|submit|workload)\//.test(name))
    .filter(({ text }) =>
      /import \{[^}]*\b(?:open|openSync|readFile|readFileSync|createReadStream)\b[^}]*\} from 'node:fs/.test(text),
    )
    .map(({ name }) => name);
  expect(bare).toEqual([
    'daemon/contents/freeze.ts', // the content store
    'daemon/picture/exr/source.ts', // a process of its own, which asks the open file itself
    'daemon/picture/movie/encode-cache.ts', // the state folder
    'daemon/picture/movie/thumbnails.ts', // its own scratch folder
    'daemon/workload/dialects/media-cache.ts', // the state folder
    'daemon/workload/nvidia/prepared-spec.ts', // the spec that we compiled, in the state folder
  ]);
});
