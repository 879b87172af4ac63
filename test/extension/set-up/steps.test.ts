import { expect, test } from 'vitest';
import { onPath, type System } from '../../../extension/src/set-up/programs.js';
import { stepsOfClone, stepsOfProgram } from '../../../extension/src/set-up/steps.js';

function system(platform: NodeJS.Platform, env: System['env'], ...files: string[]): System {
  return { platform, env, isFile: (file) => files.includes(file) };
}

const NODE = 'C:\\Program Files\\nodejs\\node.exe';
const SHIM = 'C:\\Users\\A & B (x)\\npm\\cosmos.cmd';
const windows = system('win32', { Path: '"C:\\Program Files\\nodejs";C:\\Users\\A & B (x)\\npm' }, NODE, SHIM);
const unix = system('linux', { PATH: '/usr/bin:/opt/a b' }, '/usr/bin/node', '/opt/a b/cosmos');

test.each<[string, string, System, string | undefined]>([
  ['the first on PATH', 'node', unix, '/usr/bin/node'],
  ['one in a folder with a blank', 'cosmos', unix, '/opt/a b/cosmos'],
  ['an .exe on Windows, from a quoted folder of "Path"', 'node', windows, NODE],
  ['a batch file on Windows', 'cosmos', windows, SHIM],
  ['none that is not there', 'npx', unix, undefined],
  ['none without a PATH', 'node', system('linux', {}, '/usr/bin/node', 'node'), undefined],
  [
    'none in a relative folder, which is that of whoever is open',
    'node',
    system('linux', { PATH: '.:bin:' }, 'node', 'bin/node', './node'),
    undefined,
  ],
  [
    'none in a relative folder of Windows',
    'node',
    system('win32', { PATH: '.;bin' }, '.\\node.exe', 'bin\\node.exe', 'node.exe'),
    undefined,
  ],
])('%s is found', (_, name, where, found) => {
  expect(onPath(name, where)).toBe(found);
});

test('a program of PATH gets its arguments as they are', () => {
  expect(stepsOfProgram('/opt/a b/cosmos', unix)).toEqual([
    { program: '/opt/a b/cosmos', args: ['daemon', 'install'], cwd: '/opt/a b', isLong: false },
  ]);
  const program = 'C:\\cosmos\\cosmos.exe';
  expect(stepsOfProgram(program, windows)).toEqual([
    { program, args: ['daemon', 'install'], cwd: 'C:\\cosmos', isLong: false },
  ]);
});

test('cmd.exe never reads a path: it gets the bare name of a batch file, in its folder', () => {
  const env = { ComSpec: 'C:\\Windows\\system32\\cmd.exe' };
  expect(stepsOfProgram(SHIM, { platform: 'win32', env })).toEqual([
    {
      program: env.ComSpec,
      args: ['/d', '/c', 'cosmos.cmd', 'daemon', 'install'],
      cwd: 'C:\\Users\\A & B (x)\\npm',
      isLong: false,
    },
  ]);
  expect(stepsOfProgram(SHIM, { platform: 'win32', env: {} })[0]?.program).toBe('C:\\Windows\\System32\\cmd.exe');
});

test('a clone that is built, and one that is not', () => {
  const clone = {
    folder: 'D:\\my clones\\cosmos',
    main: 'D:\\my clones\\cosmos\\dist\\main.js',
    setup: 'D:\\my clones\\cosmos\\.dev\\setup.mjs',
  };
  const install = { program: NODE, args: [clone.main, 'daemon', 'install'], cwd: clone.folder, isLong: false };
  const build = { program: NODE, args: [clone.setup], cwd: clone.folder, isLong: true };
  expect(stepsOfClone({ ...clone, isBuilt: true }, NODE)).toEqual([install]);
  expect(stepsOfClone({ ...clone, isBuilt: false }, NODE)).toEqual([build, install]);
});
