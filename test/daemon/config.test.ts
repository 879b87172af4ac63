import { homedir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig, placeOfPassword } from '../../daemon/config.js';
import { Config } from '../../schemas/index.js';

const file = path.resolve('folder', 'cosmos.toml');

test('an empty file gives every default', () => {
  expect(parseConfig('', file)).toEqual(Config.parse({}));
});

test('a relative watch path is relative to the file', () => {
  const config = parseConfig('[[watch]]\npath = "exports"\nsettle = 2\n', file);
  expect(config.watch[0]).toMatchObject({ path: path.resolve('folder', 'exports'), settle: 2, mode: 'tree' });
});

test.each([
  ['[daemon]\nport = 1\nport = 2\n', 3, 'not TOML'],
  ['[daemon]\n\nport = "eight"\n', 3, 'daemon.port'],
  ['[daemon]\nprot = 1\n', 2, 'daemon.prot: there is no such key'],
  ['[[watch]]\npath = "a"\n\n[[watch]]\npath = "b"\nmode = "forest"\n', 6, 'watch.1.mode'],
  ['[[host]]\nname = "h"\nssh = "h"\nroot = "/c"\n', 1, 'host.0.ownership'],
  ['[preset.night]\nweights = { edge = 1.5 }\n', 2, 'preset.night.weights.edge'],
])('%j is refused at line %i, naming %s', (text, line, words) => {
  expect(() => parseConfig(text, file)).toThrow(
    expect.objectContaining({
      code: 'config_invalid',
      message: expect.stringContaining(words),
      data: expect.objectContaining({ line }),
    }),
  );
});

test('paths of people: ~ is expanded, all that cannot be are named with line and key', () => {
  const text = [
    '[[watch]]',
    'path = "~/renders"',
    '[[watch]]',
    'path = "$HIP/render"',
    '[[watch]]',
    'path = "D:\\renders\\new"',
  ];
  const [home] = parseConfig(text.slice(0, 2).join('\n'), file).watch;
  expect(home?.path).toBe(path.join(homedir(), 'renders'));
  expect(() => parseConfig(text.join('\r\n'), file)).toThrow(
    expect.objectContaining({
      code: 'config_invalid',
      message:
        `${file}:4: watch.1.path: "$HIP/render" holds $HIP, which is known only inside Houdini: write the folder out.\n` +
        `${file}:6: watch.2.path: "D:\\renders\\new" holds control characters: in double quotes \\n is a line break, ` +
        '\\r a carriage return, \\t a tab. Write it with forward slashes, "D:/renders/new", or in a TOML file in single ' +
        "quotes, 'D:\\renders\\new'.",
      data: { file, line: 4, key: 'watch.1.path' },
    }),
  );
});

test('results and programs are relative to the file; a program without a folder is looked for on PATH', () => {
  const config = parseConfig(
    '[results]\nfolder = "done"\n[daemon]\nffmpeg = "bin/ffmpeg"\nffprobe = "ffprobe"\n',
    file,
  );
  expect(config.results.folder).toBe(path.resolve('folder', 'done'));
  expect(config.daemon).toMatchObject({ ffmpeg: path.resolve('folder', 'bin', 'ffmpeg'), ffprobe: 'ffprobe' });
});

test.each([
  ['path = "D:\\projects"', 'write \'D:\\projects\' in single quotes, or "D:/projects".'],
  ['path = "C:\\Users\\ann"', 'write \'C:\\Users\\ann\' in single quotes, or "C:/Users/ann".'],
  ['path = "\\\\server\\share"', 'write \'\\\\server\\share\' in single quotes, or "//server/share".'],
  ['path = "D:\\renders\\" # there', 'write \'D:\\renders\\\' in single quotes, or "D:/renders/".'],
  ['path = ~/renders', "A text stands in quotes: write '~/renders'."],
  ['path = D:\\renders # there', "A text stands in quotes: write 'D:\\renders'."],
])('%s is not TOML, and what to write is said', (line, words) => {
  const [before, after] = ['[[watch]]\n', '\nmode = "flat"\n'];
  expect(() => parseConfig(before + line + after, file)).toThrow(`${file}:2:`);
  expect(() => parseConfig(before + line + after, file)).toThrow(words);
});

test('a password in the address of a host is forgotten, and its line is told', () => {
  const host = (name: string, ssh: string) =>
    `[[host]]\nname = "${name}"\nssh = "${ssh}"\nroot = "/c"\nownership = "mine"\n`;
  const config = parseConfig(host('a', 'me@a:22') + host('b', 'me:s3cret@b') + host('c', 'ssh://me:s3cret@c'), file);
  expect(JSON.stringify(config)).not.toContain('s3cret');
  expect(config.host.map(({ ssh }) => ssh)).toEqual(['me@a:22', 'me:***@b', 'ssh://me:***@c']);
  expect(config.host.map(placeOfPassword)).toEqual([undefined, `${file}:8`, `${file}:13`]);
});
