/** What never gets past the borders that are no files: the protocol, and specs whatever they were made of. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { probeVideo } from '../../../daemon/media/probe.js';
import { readImageHeader } from '../../../daemon/picture/image/headers.js';
import { invalidParams } from '../../../daemon/server/wire-error.js';
import { encodeText } from '../../../daemon/text/form.js';
import { SpecFinder } from '../../../daemon/watch/spec-file.js';
import { checkSpec } from '../../../daemon/workload/dialects/check.js';
import { type MethodName, methods } from '../../../schemas/index.js';
import { makeClip } from '../../support/clips.js';
import { ENCODINGS } from '../../support/encodings.js';
import { makeSubmissions } from '../../support/submissions.js';
import { tempDir } from '../../support/tmp.js';
import { mediaTools } from '../../support/watching.js';

const DAMAGED = ['a\0b', 'caf\ufffd', 'half \ud83c', 'esc \x1b[0m', 'quote \x92'];

test.each<[MethodName, string, (text: string) => object]>([
  ['job.submit', 'options.prompt', (prompt) => ({ targets: ['lot'], options: { prompt } })],
  [
    'job.submit',
    'options.set.negative_prompt',
    (text) => ({ targets: ['lot'], options: { set: { negative_prompt: text } } }),
  ],
  [
    'job.submit',
    'options.set.edge.control_prompt.0',
    (text) => ({ targets: ['lot'], options: { set: { edge: { control_prompt: [text] } } } }),
  ],
  ['job.submit', 'sweep.prompt.1', (text) => ({ targets: ['lot'], sweep: { prompt: ['fine', text] } })],
  ['job.submit', 'options.tags.0', (text) => ({ targets: ['lot'], options: { tags: [text] } })],
  ['job.edit', 'options.prompt', (prompt) => ({ id: 'job-1', options: { prompt } })],
  ['job.clone', 'options.prompt', (prompt) => ({ ids: ['job-1'], options: { prompt } })],
  ['spec.compile', 'options.prompt', (prompt) => ({ target: 'lot', options: { prompt } })],
  ['spec.save', 'text', (text) => ({ clip: 'lot', text })],
])('%s names the field %s that holds damage', (method, field, params) => {
  expect(methods[method].params.safeParse(params('sound, 雨\r\n\t🌧')).success).toBe(true);
  for (const text of DAMAGED) {
    const parsed = methods[method].params.safeParse(params(text));
    if (parsed.success) throw new Error(`${JSON.stringify(text)} was taken`);
    const { message } = invalidParams(method, parsed.error);
    expect(message).toMatch(
      new RegExp(
        `^The parameter "${field}" of ${method} is wrong: at character \\d+ the text holds .*; write it again there\\.$`,
      ),
    );
  }
});

test.each([
  ['prompt', 3],
  ['negative_prompt', 8],
])('damage in the %s of a spec is told with its line; the spec is not sound', (key, line) => {
  const spec = { name: 'lot', prompt: 'x', video_path: 'plate.mp4', edge: { control_weight: 0.4 } };
  for (const damaged of DAMAGED) {
    const text = JSON.stringify({ ...spec, [key]: damaged }, null, 2);
    const { ok, issues } = checkSpec(path.join(tempDir(), 'lot.json'), text);
    expect(ok).toBe(false);
    expect(issues.find(({ code }) => code === 'damaged_text')).toMatchObject({
      line,
      message: expect.stringMatching(new RegExp(`^${key} holds .* at character \\d+$`)),
    });
  }
});

test.each(ENCODINGS)('a mistake in a spec in %s is where an editor shows it', async (encoding) => {
  const file = path.join(tempDir(), 'lot.json');
  writeFileSync(file, encodeText('{\r\n  "name": "雨 é 🌧", "prompt" "x"\r\n}', { encoding, bom: true }));
  const { submissions } = makeSubmissions();
  await expect(submissions.plan({ targets: [file] })).rejects.toThrow(
    `${file}:2:30: a colon is missing after the key "prompt".`,
  );
});

const LFS = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n';
const SAID = 'is a Git LFS pointer and not the file itself: run `git lfs pull` in its folder';

test('media of a checkout without Git LFS are called pointers', async () => {
  const folder = tempDir();
  for (const name of [
    'color.mp4',
    'color.mov',
    'color.0001.png',
    'color.0001.exr',
    'color.0001.tga',
    'color.0001.jpg',
  ]) {
    const file = path.join(folder, name);
    writeFileSync(file, LFS);
    if (/mp4|mov/.test(name)) await expect(probeVideo(await mediaTools(), file)).rejects.toThrow(`it ${SAID}.`);
    else expect(await readImageHeader(file)).toMatchObject({ problem: SAID });
  }
});

test('a pointer where the spec of a movie would be is that spec, so that it is asked for', async () => {
  const folder = tempDir();
  const look = async (name: string, content: string | Buffer) => {
    writeFileSync(path.join(folder, name), content);
    const files = [{ name, size: content.length, mtimeMs: 1, problem: null }];
    return (await new SpecFinder(folder, folder).find([name], files)) !== null;
  };
  const spec = '{"prompt": "caf\u00e9", "edge": {}}';
  expect(await look('a.json', LFS)).toBe(true);
  for (const encoding of ENCODINGS) {
    expect(await look(`${encoding}.json`, encodeText(spec, { encoding, bom: true }))).toBe(true);
  }
  expect(await look('latin.json', Buffer.from(spec, 'latin1'))).toBe(true);
  expect(await look('unmarked.json', encodeText(spec, { encoding: 'utf-16le', bom: false }))).toBe(true);
  expect(await look('other.json', '{"frames": 3}')).toBe(false);
});

test('a prompt given by hand goes past a prompt.txt that nobody can read', async () => {
  const folder = path.join(tempDir(), 'lot');
  mkdirSync(folder);
  const promptFile = path.join(folder, 'prompt.txt');
  const { submissions } = makeSubmissions({ clips: [makeClip(folder, { promptFile })] });
  writeFileSync(promptFile, Buffer.from('Caf\xe9', 'latin1'));
  await expect(submissions.plan({ targets: ['lot'] })).rejects.toThrow(`${promptFile}:1:4: this is not UTF-8`);
  const [plan] = await submissions.plan({ targets: ['lot'], options: { prompt: 'Café' } });
  expect(plan).toMatchObject({ prompt: 'Café', promptSource: 'submit' });
});
