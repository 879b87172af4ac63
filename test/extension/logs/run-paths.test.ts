import { expect, test } from 'vitest';
import { type RunPlaces, shortenPaths } from '../../../extension/src/logs/run-paths.js';
import { cosmos3Log } from '../../support/cosmos-logs/cosmos3.js';
import { transfer25Log } from '../../support/cosmos-logs/transfer25.js';

const RUN = 'run-7jvnfyeu';
const JOB = 'job-5eahegz3';

function local(state: string, more: Partial<RunPlaces> = {}): RunPlaces {
  const separator = state.includes('\\') ? '\\' : '/';
  return { run: RUN, job: JOB, file: [state, 'runs', RUN, 'log'].join(separator), isLocal: true, ...more };
}

const linux = local('/home/anna/.local/share/cosmos-bridge');
const spaces = local('/Users/anna/Library/Application Support/cosmos bridge');
const unicode = local('/home/zoë/映画 (2)/état');
const windows = local('C:\\Users\\Anna Müller\\AppData\\Local\\cosmos-bridge\\Data');
const share = local('\\\\nas\\render farm\\cosmos');
const remote = { ...linux, isLocal: false };

const inLinux = `/home/anna/.local/share/cosmos-bridge/local/runs/${RUN}`;
const inSpaces = `/Users/anna/Library/Application Support/cosmos bridge/local/runs/${RUN}`;
const inWindows = `C:\\Users\\Anna Müller\\AppData\\Local\\cosmos-bridge\\Data\\local\\runs\\${RUN}`;
const twice = (text: string) => text.replaceAll('\\', '\\\\');

test.each<[string, RunPlaces, string, string]>([
  ['an input of the job', linux, `from ${inLinux}/specs/${JOB}/inputs/depth.mp4`, 'from inputs/depth.mp4'],
  ['its spec', linux, `read ${inLinux}/specs/${JOB}/block.json.`, 'read block.json.'],
  ['an output', linux, `to ${inLinux}/out/block_control_edge.mp4`, 'to out/block_control_edge.mp4'],
  ['another job of the run', linux, `${inLinux}/specs/job-aaaa/inputs/depth.mp4`, 'specs/job-aaaa/inputs/depth.mp4'],
  ['what is neither', linux, `cannot write ${inLinux}/exit`, `cannot write ${RUN}/exit`],
  ['the folder itself', linux, `in ${inLinux}.`, `in ${RUN}.`],
  ['with a slash', linux, `in ${inLinux}/`, `in ${RUN}/`],
  ['two of them', linux, `mv ${inLinux}/out/a.mp4 ${inLinux}/out/b.mp4`, 'mv out/a.mp4 out/b.mp4'],
  ['in a dict of Python', linux, `{'edge': '${inLinux}/specs/${JOB}/inputs/edge.mp4'}`, "{'edge': 'inputs/edge.mp4'}"],
  ['behind an option', linux, `--output-dir=${inLinux}/out --seed=1`, '--output-dir=out --seed=1'],
  ['a file address', linux, `open file://${inLinux}/out/a.mp4`, 'open out/a.mp4'],
  ['the log of the daemon', linux, linux.file, `${RUN}/log`],
  ['spaces', spaces, `Saved ${inSpaces}/out/a.mp4, then b`, 'Saved out/a.mp4, then b'],
  ['unicode', unicode, `→ /home/zoë/映画 (2)/état/local/runs/${RUN}/out/a.mp4`, '→ out/a.mp4'],
  ['Windows', windows, `saved to ${inWindows}\\out\\a.mp4`, 'saved to out\\a.mp4'],
  ['Windows as Python shows it', windows, `['${twice(inWindows)}\\\\out\\\\a.mp4']`, "['out\\\\a.mp4']"],
  ['Windows with slashes', windows, `${inWindows.replaceAll('\\', '/')}/specs/${JOB}/inputs/d.mp4`, 'inputs/d.mp4'],
  ['Windows writes capitals as it likes', windows, `c${inWindows.slice(1)}\\out\\a.mp4`, 'out\\a.mp4'],
  ['a share', share, `to \\\\nas\\render farm\\cosmos\\local\\runs\\${RUN}\\out\\a.mp4`, 'to out\\a.mp4'],
  [
    'a share as Python shows it',
    share,
    `'${twice(`\\\\nas\\render farm\\cosmos\\local\\runs\\${RUN}\\out\\a.mp4`)}'`,
    "'out\\\\a.mp4'",
  ],
  ['another machine', remote, `from /mnt/fast/cosmos/runs/${RUN}/specs/${JOB}/inputs/d.mp4`, 'from inputs/d.mp4'],
  ['another machine, from home', remote, `~/cosmos/runs/${RUN}/out`, 'out'],
  ['another machine, quoted spaces', remote, `to '/mnt/my disk/c/runs/${RUN}/out/a.mp4'`, "to 'out/a.mp4'"],
])('short: %s', (_, places, text, short) => {
  const made = shortenPaths(`first\n${text}\nlast`, places);
  expect(made.text).toBe(`first\n${short}\nlast`);
  expect(asWritten(made)).toBe(`first\n${text}\nlast`);
});

test.each<[string, RunPlaces, string]>([
  ["a person's path", linux, '/shots/block_042/depth.mp4 and C:\\shots\\a.mp4'],
  ['another run', linux, `/home/anna/.local/share/cosmos-bridge/local/runs/${RUN}2/out/a.mp4`],
  ['a run whose name begins the same', linux, `/home/anna/.local/share/cosmos-bridge/local/runs/${RUN}.bak/out/a.mp4`],
  ['the same name elsewhere', linux, `/shots/runs/${RUN}/out/a.mp4`],
  ['a copy of the whole state folder', linux, `/backup${inLinux}/out/a.mp4`],
  ['beside the state folder', linux, `/home/anna/.local/share/cosmos-bridge-old/local/runs/${RUN}/out/a.mp4`],
  ['capitals count outside Windows', linux, inLinux.toUpperCase()],
  ['a relative path', remote, `cosmos/runs/${RUN}/out/a.mp4`],
  ['an address', remote, `http://gpu1/runs/${RUN}/out/a.mp4`],
  ['perhaps two paths', remote, `copy /etc/hosts to cosmos/runs/${RUN}/out`],
  ['a prompt that names runs', linux, 'final user prompt: /runs/ of a wolf'],
])('left alone: %s', (_, places, text) => {
  expect(shortenPaths(text, places)).toEqual({ text, shortened: [] });
});

test('the finished video is named by its own path, and nothing else is', () => {
  const places = { ...linux, video: '/shots/block 042/block_preview_2.mp4' };
  const preview = `[11-30 22:31:47|INFO|preview] Preview saved to ${inLinux}/out/block.mp4\n`;
  const control = `[11-30 22:31:47|INFO|preview] Control saved to ${inLinux}/out/block_control_edge.mp4\n`;
  const made = shortenPaths(control + preview, places);
  expect(made.text).toBe(
    '[11-30 22:31:47|INFO|preview] Control saved to out/block_control_edge.mp4\n' +
      '[11-30 22:31:47|INFO|preview] Preview saved to /shots/block 042/block_preview_2.mp4\n',
  );
  expect(made.shortened.map(({ line, whole }) => [line, whole])).toEqual([
    [0, `${inLinux}/out/block_control_edge.mp4`],
    [1, `${inLinux}/out/block.mp4`],
  ]);
});

test("NVIDIA's logs: no path of the run's folder is left, and all of it can be put back", () => {
  const root = '/home/ubuntu/cosmos';
  const out = `${root}/runs/${RUN}/out`;
  const inputs = (text: string) => text.replaceAll('/runs/r1/specs', `${root}/runs/${RUN}/specs/${JOB}`);
  const samples = [{ name: 'city', chunks: 2 }];
  for (const pieces of [transfer25Log({ samples, out }), cosmos3Log({ samples, out })]) {
    const text = inputs(pieces.join(''));
    const made = shortenPaths(text, remote);
    expect(made.shortened.length).toBeGreaterThan(2);
    expect(made.text).not.toContain(root);
    expect(made.text).toMatch(/inputs\/(?:edge|depth)\.mp4/);
    expect(asWritten(made)).toBe(text);
  }
});

test('a log that is one long line is no long wait', () => {
  const made = shortenPaths(`runs/${RUN}/ `.repeat(2) + `x/runs/${RUN} `.repeat(50_000), remote);
  expect(made.shortened).toEqual([]);
});

/** The text with every short path put back, from the last to the first. */
function asWritten({ text, shortened }: ReturnType<typeof shortenPaths>): string {
  const lines = text.split('\n');
  for (const { line, from, length, whole } of shortened.toReversed()) {
    const short = lines[line] ?? '';
    lines[line] = short.slice(0, from) + whole + short.slice(from + length);
  }
  return lines.join('\n');
}
