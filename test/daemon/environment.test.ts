import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { environmentFor, forgetOthers, type Purpose } from '../../daemon/environment.js';
import { namedVariables } from '../../daemon/named-variables.js';
import { runProcess, spawnDetached } from '../../daemon/process.js';
import { tempDir } from '../support/tmp.js';

const SHELL = {
  ...{
    PATH: '/bin',
    HOME: '/home/ann',
    LANG: 'C',
    LC_TIME: 'de_DE',
    TZ: 'UTC',
    TMPDIR: '/tmp',
    XDG_RUNTIME_DIR: '/run/1',
  },
  ...{
    SSH_AUTH_SOCK: '/run/agent',
    DISPLAY: ':0',
    CUDA_VISIBLE_DEVICES: '1',
    LD_LIBRARY_PATH: '/opt/lib',
    HFS: '/hfs',
  },
  ...{ HF_TOKEN: 'canary', AWS_SECRET_ACCESS_KEY: 'canary', COSMOS_DAEMON_TOKEN: 'canary', SSH_ASKPASS: 'canary' },
  ...{
    HTTPS_PROXY: 'http://u:canary@proxy',
    OPENAI_API_KEY: 'canary',
    NODE_OPTIONS: '--require canary',
    SHOW: '/shows/x',
  },
};

test.each<[Purpose, readonly string[]]>([
  ['tool', ['CUDA_VISIBLE_DEVICES', 'LD_LIBRARY_PATH']],
  ['run', ['CUDA_VISIBLE_DEVICES', 'LD_LIBRARY_PATH']],
  ['ssh', ['SSH_AUTH_SOCK']],
  ['viewer', ['CUDA_VISIBLE_DEVICES', 'DISPLAY', 'LD_LIBRARY_PATH']],
  ['daemon', ['CUDA_VISIBLE_DEVICES', 'HFS', 'LD_LIBRARY_PATH', 'SSH_AUTH_SOCK']],
])('what a process for the purpose %s gets', (purpose, special) => {
  const chosen = environmentFor(purpose, { from: SHELL, platform: 'linux' });
  const always = ['HOME', 'LANG', 'LC_TIME', 'PATH', 'TMPDIR', 'TZ', 'XDG_RUNTIME_DIR'];
  expect(Object.keys(chosen).sort()).toEqual([...always, ...special].sort());
  expect(JSON.stringify(chosen)).not.toContain('canary');
});

test('names that the configuration has come along; Windows compares without case', () => {
  expect(environmentFor('daemon', { from: SHELL, named: ['SHOW'], platform: 'linux' })).toMatchObject({
    SHOW: '/shows/x',
  });
  const from = { Path: 'C:\\bin', SYSTEMROOT: 'C:\\Windows', hf_token: 'canary' };
  expect(environmentFor('tool', { from, platform: 'win32' })).toEqual({ Path: 'C:\\bin', SYSTEMROOT: 'C:\\Windows' });
  expect(environmentFor('tool', { from, platform: 'linux' })).toEqual({});
});

test('a process forgets what it does not need', () => {
  const env: NodeJS.ProcessEnv = { ...SHELL };
  forgetOthers(['SHOW'], env);
  expect(env).toMatchObject({ SHOW: '/shows/x', HFS: '/hfs', SSH_AUTH_SOCK: '/run/agent' });
  expect(JSON.stringify(env)).not.toContain('canary');
});

test('variables are named by cosmos.toml, and by ssh_config with what it includes', () => {
  const home = tempDir();
  const config = path.join(home, 'cosmos.toml');
  const folder = path.join(home, '.ssh', 'conf.d');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    config,
    '[[watch]]\npath = "$SHOW/renders"\n[[watch]]\npath = "@{DISK}/%USERNAME%"\n# $env:COMMENT\n'.replace('@', '$'),
  );
  writeFileSync(
    path.join(home, '.ssh', 'config'),
    'Include conf.d/*.conf\nInclude ~/.ssh/config\nIdentityAgent $AGENT\n',
  );
  writeFileSync(path.join(folder, 'a.conf'), 'Host x\n  IdentityFile @{KEYS}/id\n'.replace('@', '$'));
  writeFileSync(path.join(folder, 'b.txt'), '@{NOT_INCLUDED}'.replace('@', '$'));
  expect(namedVariables(config, home).sort()).toEqual(['AGENT', 'COMMENT', 'DISK', 'KEYS', 'SHOW', 'USERNAME']);
  expect(namedVariables(path.join(home, 'none.toml'), tempDir())).toEqual([]);
});

test('a program gets no secret of this process', async () => {
  process.env.HF_TOKEN = 'canary';
  try {
    const { stdout } = await runProcess(process.execPath, ['-p', 'JSON.stringify(process.env)'], { env: { OWN: 'x' } });
    expect(JSON.parse(stdout)).toMatchObject({ OWN: 'x', PATH: process.env.PATH });
    expect(stdout).not.toContain('canary');
  } finally {
    delete process.env.HF_TOKEN;
  }
});

test.skipIf(process.platform !== 'linux')('a process of which no memory may be written keeps its own id', async () => {
  const file = path.join(tempDir(), 'limits');
  const script = `const fs = require('node:fs'); const limits = fs.readFileSync('/proc/self/limits', 'utf8');
    fs.writeFileSync(process.argv[1] + '.part', process.pid + limits); fs.renameSync(process.argv[1] + '.part', process.argv[1]);`;
  const pid = spawnDetached([process.execPath, '-e', script, file], { coreDumps: false });
  await expect.poll(() => textOf(file)).toMatch(/Max core file size +0 +0 /);
  expect(textOf(file).startsWith(`${pid}Limit`)).toBe(true);
});

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
