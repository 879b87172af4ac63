/** `cosmos spec compile --engine X SPEC`: a translation on this machine, with nobody to ask. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runCosmos } from '../../../../support/cosmos.js';
import { FakeDaemon } from '../../../../support/fake-daemon.js';
import { tempDir } from '../../../../support/tmp.js';

const street = { name: 'street', prompt: 'a street', negative_prompt: 'fog', seed: 7, video_path: 'render.mp4' };

function stage(files: Readonly<Record<string, string>>) {
  const folder = tempDir();
  for (const name of ['render.mp4', 'edge.mp4']) writeFileSync(path.join(folder, name), '');
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return {
    folder,
    read: (name: string) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')),
    compile: (...args: string[]) => runCosmos({ stateDir: folder }, 'spec', 'compile', ...args),
  };
}

test('the new spec is the answer, what it cost stands beside it', async () => {
  const source = JSON.stringify({
    ...street,
    sigma_max: '80',
    edge: { control_path: 'edge.mp4', control_weight: 0.5 },
  });
  const { compile, folder } = stage({ 'street.json': source });
  const { code, stdout, stderr } = await compile('street.json', '--engine', 'cosmos3');
  expect(JSON.parse(stdout)).toEqual({
    name: 'street',
    model_mode: 'video2video',
    prompt: 'a street',
    negative_prompt: 'fog',
    seed: 7,
    vision_path: 'render.mp4',
    control_guidance: 0.75,
    edge: { control_path: 'edge.mp4' },
  });
  const lines = stderr.split('\n');
  expect(lines[0]).toBe('street.json for Cosmos 3  1 dropped, 1 changed, 2 assumed');
  expect(lines[1]).toMatch(/^ {2}dropped {2}sigma_max "80" +it has no effect in Transfer 2\.5/);
  expect(lines[2]).toMatch(/^ {2}changed {2}edge\.control_weight 0\.5 +the weight of a single control does nothing/);
  expect(stderr).toContain('the translated spec  ok');
  expect(code).toBe(0);
  expect(existsSync(path.join(folder, 'daemon.json'))).toBe(false);
});

test('-o writes a file, from whose folder the paths are seen', async () => {
  const { compile, folder, read } = stage({ 'street.json': JSON.stringify({ ...street, vis: {} }) });
  mkdirSync(path.join(folder, 'new'));
  const { code, stdout, stderr } = await compile('street.json', '--engine', 'cosmos3', '-o', 'new/street.json');
  expect(read('new/street.json')).toMatchObject({ vision_path: '../render.mp4', blur: {} });
  expect(readdirSync(path.join(folder, 'new'))).toEqual(['street.json']);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^new\/street\.json {2}ok/m);
  expect(code).toBe(0);
});

test('programs get text, losses and the report on the result', async () => {
  const yaml = 'name: a\nprompt: a street\nvision_path: render.mp4\nfps: 24\n';
  const { compile } = stage({ 'street.yaml': yaml });
  const { code, stdout } = await compile('street.yaml', '--engine', 'transfer2.5', '--json');
  const answer = JSON.parse(stdout);
  expect(Object.keys(answer)).toEqual(['text', 'engine', 'losses', 'report']);
  expect(JSON.parse(answer.text)).toEqual({ name: 'a', prompt: 'a street', video_path: 'render.mp4' });
  expect(answer.engine).toBe('transfer2.5');
  expect(answer.losses[0]).toMatchObject({ kind: 'dropped', path: ['fps'], value: 24, sample: 0 });
  expect(answer.report).toMatchObject({ nvidia: 'rejects', ok: false }); // it has no control
  expect(code).toBe(1);
});

test('a .jsonl is translated line by line', async () => {
  const lines = ['a', 'b'].map((name) => JSON.stringify({ ...street, name, vis: {} })).join('\n');
  const { compile } = stage({ 'all.jsonl': lines });
  const { stdout, stderr } = await compile('all.jsonl', '--engine', 'cosmos3');
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).name),
  ).toEqual(['a', 'b']);
  expect(stderr).toMatch(/^ {2}assumed {2}sample 2: model_mode "video2video" /m);
});

test('a spec that its own engine refuses is not translated', async () => {
  const { compile } = stage({
    'wrong.json': JSON.stringify({ ...street, guidance: 9, edge: {} }),
    'broken.json': '{"name": ',
  });
  const [wrong, broken] = await Promise.all([
    compile('wrong.json', '--engine', 'cosmos3'),
    compile('broken.json', '--engine', 'cosmos3'),
  ]);
  expect(wrong.stderr).toContain('Transfer 2.5 itself does not accept it. Correct it first.');
  expect(wrong.stderr).toContain('guidance must be a whole number from 0 to 7, not 9');
  expect(broken.stderr).toContain('1:10  error  a value is expected here');
  expect([wrong.code, broken.code]).toEqual([1, 1]);
  expect(wrong.stdout + broken.stdout).toBe('');
});

test('the source stays, and options that would be passed over are mistakes', async () => {
  const text = JSON.stringify({ ...street, vis: {} });
  const { compile, folder } = stage({ 'street.json': text });
  const mistakes = await Promise.all([
    compile('street.json', '--engine', 'cosmos3', '-o', './street.json'),
    compile('street.json', '--engine', 'cosmos3', '-o', 'street.yaml'),
    compile('street.json', '--engine', 'cosmos3', '--prompt-file', 'p.txt'),
  ]);
  expect(mistakes.map(({ code }) => code)).toEqual([2, 2, 2]);
  expect(mistakes[0]?.stderr).toContain('is the spec that is translated: write the result to another file.');
  expect(mistakes[2]?.stderr).toContain('--prompt-file does not go with the translation of a spec');
  expect(readFileSync(path.join(folder, 'street.json'), 'utf8')).toBe(text);
});

test.each([[[]], [['--engine', 'transfer2.5']], [['--engine', 'preview']]])(
  'a spec in the dialect of its engine (%j) goes to the daemon',
  async (options) => {
    const { compile, folder } = stage({ 'street.json': JSON.stringify({ ...street, vis: {} }) });
    const verdict = { engine: 'transfer2.5', nvidia: 'accepts', stage: null, ok: true } as const;
    const answer = { text: '{}\n', report: { file: 'street.json', ...verdict, issues: [] }, estimate: null };
    const daemon = await FakeDaemon.start(folder, { 'spec.compile': () => answer });
    const { code, stdout } = await compile('street.json', ...options);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '{}\n' });
    expect(daemon.calls.map(({ method }) => method)).toContain('spec.compile');
  },
);
