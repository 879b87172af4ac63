import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../../daemon/config.js';
import { addToConfig, type CompleteDraft } from '../../../daemon/fleet/add-to-config.js';
import { tempDir } from '../../support/tmp.js';

const DRAFT: CompleteDraft = { name: 'gpu1', ssh: 'me@gpu1', root: '/home/me/cosmos-bridge', ownership: 'mine' };

function configFile(text?: string): string {
  const file = path.join(tempDir(), 'folder', 'cosmos.toml');
  if (text === undefined) return file;
  const there = path.join(tempDir(), 'cosmos.toml');
  writeFileSync(there, text);
  return there;
}

const hosts = (file: string) => loadConfig(file).config.host;

test('a file that is not there is made, with its folder', () => {
  const file = configFile();
  addToConfig(DRAFT, file);
  expect(hosts(file)).toMatchObject([{ ...DRAFT, gpus_per_run: 1, engine: {} }]);
  expect(readFileSync(file, 'utf8')).not.toContain('gpus_per_run'); // a default is not written down
});

test.each([
  ['ends with a line end', '# my hosts\n[local]\nslots = 2 # two\n'],
  ['ends without one', '[local]\nslots   =   2'],
  ['has Windows line ends', '# mine\r\n[queue]\r\non_start = "paused"\r\n'],
  [
    'has hosts already',
    '[[host]]\nname="a"\nssh="a"\nroot="/r"\nownership="shared"\n[host.engine.cosmos3]\nimage="x"\n',
  ],
])('what is in a file that %s stays, byte for byte', (_, text) => {
  const file = configFile(text);
  const before = hosts(file).length;
  addToConfig({ ...DRAFT, engine: { 'transfer2.5': { image: 'cosmos:1', hf_cache: '/srv/hf' } } }, file);
  const after = readFileSync(file, 'utf8');
  expect(after.startsWith(text)).toBe(true);
  expect(hosts(file)).toHaveLength(before + 1);
  expect(hosts(file).at(-1)?.engine['transfer2.5']).toMatchObject({ image: 'cosmos:1', hf_cache: '/srv/hf' });
  if (text.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
});

test.each(['$(reboot)', 'a "quoted" \\ path', 'line\nbreak', "'''", '[[host]]', 'größe-日本', '\u007f\u0001'])(
  'the value %j arrives as it is',
  (value) => {
    const file = configFile('');
    addToConfig({ ...DRAFT, root: `/srv/${value}`, gpu: value }, file);
    expect(hosts(file)).toMatchObject([{ root: `/srv/${value}`, gpu: value }]);
  },
);

test.each([['gpu1'], ['local']])('the name %s is taken', (name) => {
  const file = configFile();
  addToConfig(DRAFT, file);
  const before = readFileSync(file, 'utf8');
  expect(() => addToConfig({ ...DRAFT, name }, file)).toThrow(`There is a host "${name}" already`);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('a file that takes no more hosts at its end is left alone, and the entry is shown', () => {
  const text = 'host = [{ name = "a", ssh = "a", root = "/r", ownership = "mine" }]\n';
  const file = configFile(text);
  expect(() => addToConfig(DRAFT, file)).toThrow(/add this one by hand:\n\[\[host\]\]\nname = "gpu1"/);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('a broken file is not touched, and the complaint names the line', () => {
  const file = configFile('[local]\nslots = zwei\n');
  expect(() => addToConfig(DRAFT, file)).toThrow(/cosmos\.toml:2/);
});

test('the permissions of the file stay', () => {
  const file = configFile('');
  chmodSync(file, 0o640);
  addToConfig(DRAFT, file);
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(existsSync(`${file}.tmp`)).toBe(false);
});
