/** `cosmos spec check` as a process, on real files. */
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runProcess } from '../../../../../daemon/process.js';
import { runCosmos } from '../../../../support/cosmos.js';
import { mediaTools } from '../../../../support/encoder.js';
import { tempDir } from '../../../../support/tmp.js';

const GOOD = { name: 'lot', prompt: 'A street', video_path: 'color.mp4', edge: { control_weight: 0.5 } };
const OLD = `{
  "name": "lot", // tonight
  "prompt": "A street",
  "input_video_path": "color.mp4",
  "edge": {},
  "control_weight": 0.5,
}
`;
const NEW = `{
  "name": "lot",
  "prompt": "A street",
  "video_path": "color.mp4",
  "edge": {"control_weight": 0.5}
}
`;

function folderWith(files: Readonly<Record<string, string | Buffer>>) {
  const stateDir = tempDir();
  const at = (name: string) => path.join(stateDir, name);
  for (const [name, content] of Object.entries({ 'color.mp4': '', ...files })) {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
  }
  const check = (...args: string[]) => runCosmos({ stateDir }, 'spec', 'check', ...args);
  return { at, read: (name: string) => readFileSync(at(name), 'utf8'), check };
}

function reportsOf(stdout: string): { file: string; ok: boolean; issues: { code: string }[]; fixed?: unknown }[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

test('--fix writes the spec and shows a diff, every change and the check of the result', async () => {
  const { check, read, at } = folderWith({ 'shot.json': OLD });
  chmodSync(at('shot.json'), 0o640);
  const { code, stdout, stderr } = await check('--fix', 'shot.json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(read('shot.json')).toBe(NEW);
  expect(statSync(at('shot.json')).mode & 0o777).toBe(0o640);
  expect(stdout.split('\n')).toEqual([
    '--- shot.json',
    '+++ shot.json',
    '@@ -1,7 +1,6 @@',
    ' {',
    '-  "name": "lot", // tonight',
    '+  "name": "lot",',
    '   "prompt": "A street",',
    '-  "input_video_path": "color.mp4",',
    '-  "edge": {},',
    '-  "control_weight": 0.5,',
    '+  "video_path": "color.mp4",',
    '+  "edge": {"control_weight": 0.5}',
    ' }',
    'shot.json  5 changes (written)',
    '  line 2: took out a comment: tonight',
    '  line 6: took out a comma too many',
    '  input_video_path is called video_path now  because a Transfer 2.5 spec has no "input_video_path"',
    '  added edge.control_weight: 0.5  because a Transfer 2.5 spec has no "control_weight": each control has its own',
    '  took out control_weight: 0.5',
    'shot.json  ok (Transfer 2.5; NVIDIA accepts it)',
    '',
  ]);
  const again = await check('--fix', 'shot.json');
  expect(again.stdout).toBe('shot.json  ok (Transfer 2.5; NVIDIA accepts it)\n');
});

test('--dry-run shows the same and writes nothing; alone it is a usage mistake', async () => {
  const { check, read } = folderWith({ 'shot.json': OLD });
  const { code, stdout } = await check('--fix', '--dry-run', 'shot.json');
  expect(code).toBe(0);
  expect(stdout).toContain('shot.json  5 changes (not written: --dry-run)\n');
  expect(read('shot.json')).toBe(OLD);
  const alone = await check('--dry-run', 'shot.json');
  expect(alone).toMatchObject({ code: 2, stdout: '' });
  expect(alone.stderr).toBe('Error: --dry-run goes with --fix: a check alone writes nothing.\n');
});

test('--json: the report, with what was fixed only where fixing was asked for', async () => {
  const { check, read } = folderWith({ 'old.json': OLD, 'good.json': JSON.stringify(GOOD) });
  const [old, good] = reportsOf((await check('--json', '--fix', 'old.json', 'good.json')).stdout);
  expect(old).toMatchObject({
    file: 'old.json',
    engine: 'transfer2.5',
    nvidia: 'accepts',
    ok: true,
    fixed: { written: true, diff: expect.stringMatching(/^--- old\.json\n\+\+\+ old\.json\n@@ /) },
  });
  expect(old?.fixed).toMatchObject({
    changes: expect.arrayContaining([expect.objectContaining({ path: ['control_weight'], before: '0.5', sample: 0 })]),
  });
  expect(good).toMatchObject({ ok: true, fixed: { changes: [], diff: '', written: false } });
  expect(read('old.json')).toBe(NEW);
  expect(reportsOf((await check('--json', 'good.json')).stdout)[0]).not.toHaveProperty('fixed');
});

test('line ends, a missing final line end and the target of a link are kept', async () => {
  const { check, read, at } = folderWith({ 'real.json': OLD.replaceAll('\n', '\r\n').trimEnd() });
  symlinkSync(at('real.json'), at('link.json'));
  expect((await check('--fix', 'link.json')).code).toBe(0);
  expect(read('real.json')).toBe(NEW.replaceAll('\n', '\r\n').trimEnd());
});

test('what stays wrong is exit 1, though the rest is fixed', async () => {
  const spec = { ...GOOD, guidance: 7.5, resolution: 720 };
  const { check, read } = folderWith({ 'shot.json': JSON.stringify(spec) });
  const { code, stdout } = await check('--fix', 'shot.json');
  expect(code).toBe(1);
  expect(JSON.parse(read('shot.json'))).toEqual({ ...spec, resolution: '720' });
  expect(stdout).toContain(
    'guidance must be a whole number from 0 to 7, not 7.5\n        fix: The nearest it takes is 7.',
  );
});

test('YAML is checked, and refused where it should be fixed', async () => {
  const { check, read } = folderWith({ 'shot.yaml': 'name: lot # mine\n', 'old.json': OLD });
  const { code, stdout, stderr } = await check('--fix', '--engine', 'cosmos3', 'shot.yaml');
  expect(code).toBe(1);
  expect(stderr).toBe('Error: shot.yaml is YAML, whose layout and comments --fix would not keep: change it by hand.\n');
  expect(stdout).toContain('shot.yaml');
  expect(read('shot.yaml')).toBe('name: lot # mine\n');
});

test('a folder, a missing file and a pattern without match are a line each, and stop nothing', async () => {
  const { check } = folderWith({ 'good.json': JSON.stringify(GOOD), 'sub/x.txt': '' });
  const args = ['sub', 'god.json', '*.jsonl', 'good.json'];
  const people = await check(...args);
  expect(people).toMatchObject({ code: 1, stdout: 'good.json  ok (Transfer 2.5; NVIDIA accepts it)\n' });
  expect(people.stderr.split('\n')).toEqual([
    'Error: sub is a folder: name the spec files in it, such as "sub/*.json".',
    expect.stringMatching(/^Error: There is no file or folder god\.json\. Did you mean .*good\.json\?$/),
    'Error: No file matches *.jsonl.',
    '',
  ]);
  const programs = reportsOf((await check('--json', ...args)).stdout);
  expect(programs.map(({ file, ok, issues }) => [file, ok, issues[0]?.code])).toEqual([
    ['sub', false, 'IsADirectoryError'],
    ['god.json', false, 'FileNotFoundError'],
    ['good.json', true, undefined],
  ]);
});

test('patterns go into folders and are sorted; files keep the order given, each once', async () => {
  const spec = JSON.stringify(GOOD);
  const files = ['b.json', 'a/2.json', 'a/deep/1.json', 'z.json'];
  const { check, at } = folderWith(Object.fromEntries(files.map((file) => [file, spec])));
  const { stdout } = await check('--json', '--no-media', 'z.json', '**/*.json', at('b.json'));
  expect(reportsOf(stdout).map(({ file }) => file)).toEqual([
    'z.json',
    path.join('a', '2.json'),
    path.join('a', 'deep', '1.json'),
    'b.json',
  ]);
});

test('a file whose name has a star in it is that file', async () => {
  const { check } = folderWith({ 'a*.json': JSON.stringify(GOOD), 'ab.json': '{}' });
  const { code, stdout } = await check('--json', 'a*.json');
  expect(code).toBe(0);
  expect(reportsOf(stdout).map(({ file }) => file)).toEqual(['a*.json']);
});

test('bytes that are no UTF-8 are an issue with a place, and the file is left alone', async () => {
  const bytes = Buffer.from('{"name": "lot",\n "prompt": "caf\xe9"}', 'latin1');
  const { check, at } = folderWith({ 'latin.json': bytes });
  const { code, stdout } = await check('--json', '--fix', 'latin.json');
  expect(code).toBe(1);
  expect(reportsOf(stdout)[0]).toMatchObject({
    nvidia: 'rejects',
    stage: 'parse',
    issues: [{ code: 'UnicodeDecodeError', source: 'nvidia', line: 2, column: 16 }],
    fixed: { changes: [], written: false },
  });
  expect(readFileSync(at('latin.json'))).toEqual(bytes);
});

test('a byte order mark is refused as Python does, and fixed', async () => {
  const { check, read } = folderWith({ 'bom.json': `\ufeff${JSON.stringify(GOOD)}\n` });
  expect((await check('bom.json')).stdout).toContain('begins with a byte order mark');
  const { code, stdout } = await check('--fix', 'bom.json');
  expect(code).toBe(0);
  expect(stdout).toContain('-<BOM>{');
  expect(read('bom.json')).toBe(`${JSON.stringify(GOOD)}\n`);
});

test('--engine, --gpus and --model reach the rules', async () => {
  const spec = JSON.stringify({ ...GOOD, prompt: '' });
  const { check } = folderWith({ 'shot.json': spec });
  const facts = ['--gpus', '4', '--model', 'edge/distilled'];
  expect((await check(...facts, 'shot.json')).stdout).toMatch(/edge\/distilled[\s\S]*on 4 GPUs the run hangs/);
  const other = await check('--json', '--engine', 'cosmos3', 'shot.json');
  expect(reportsOf(other.stdout)[0]).toMatchObject({ engine: 'cosmos3', ok: false });
  expect(await check('--gpus', '0', 'shot.json')).toMatchObject({ code: 2, stdout: '' });
});

test('videos are looked into, unless --no-media says not to', async () => {
  const { check, at } = folderWith({
    'shot.json': JSON.stringify({ ...GOOD, edge: { control_path: 'edge.mp4' } }),
  });
  const { ffmpeg } = await mediaTools();
  for (const [name, frames] of [
    ['color.mp4', '6'],
    ['edge.mp4', '4'],
  ] as const) {
    const source = 'testsrc=size=64x48:rate=24';
    await runProcess(ffmpeg, ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, '-frames:v', frames, at(name)]);
  }
  const codes = async (...args: string[]) =>
    reportsOf((await check('--json', ...args, 'shot.json')).stdout).flatMap(({ issues }) =>
      issues.map(({ code }) => code),
    );
  const [seen, unseen] = [await codes(), await codes('--no-media')];
  expect(seen).toContain('frames_differ');
  expect(unseen).not.toContain('frames_differ');
});

test('without ffprobe that is said once, and the rest is checked all the same', async () => {
  const { check, at } = folderWith({
    'a.json': JSON.stringify(GOOD),
    'b.json': JSON.stringify({ ...GOOD, guidance: 9 }),
    'cosmos.toml': '[daemon]\nffprobe = "nowhere/ffprobe"\n',
  });
  const args = ['--json', '--config', at('cosmos.toml'), 'a.json', 'b.json'];
  const { code, stdout, stderr } = await check(...args);
  expect(code).toBe(1);
  expect(reportsOf(stdout).map(({ ok }) => ok)).toEqual([true, false]);
  expect(stderr.match(/were not looked at/g)).toHaveLength(1);
  expect(stderr).toContain('which does not run');
  expect((await check('--no-media', ...args)).stderr).toBe('');
});

test('a spec in UTF-16 is saved as UTF-8 by --fix; a pointer of Git LFS is called that and stays', async () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n';
  const utf16 = Buffer.from(`\ufeff${JSON.stringify({ ...GOOD, prompt: 'Café 雨' })}\r\n`, 'utf16le');
  const { check, read } = folderWith({ 'shot.json': utf16, 'robot.json': pointer });
  const { code, stdout } = await check('--fix', 'shot.json', 'robot.json');
  expect(code).toBe(1);
  expect(stdout).toContain(
    'shot.json  1 change (written)\n  saved as UTF-8, as the models read it; it was UTF-16\nshot.json  ok',
  );
  expect(read('shot.json')).toBe(`${JSON.stringify({ ...GOOD, prompt: 'Café 雨' })}\r\n`);
  expect(stdout).toContain(
    '1:1  error  the file is a Git LFS pointer and not the file itself\n        fix: Run `git lfs pull` in its folder.',
  );
  expect(read('robot.json')).toBe(pointer);
});
