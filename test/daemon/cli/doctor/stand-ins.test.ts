import { expect, test } from 'vitest';
import { StandIns } from '../../../../daemon/cli/doctor/stand-ins.js';

const known = {
  names: {
    prompt: ['a burning city'],
    watched: ['/renders/Secret Film'],
    clip: ['/renders/Secret Film/dragon_010', 'dragon_010', 'ready', 'x'],
    host: ['gpu1'],
    login: ['ann@gpu1.studio.example:22'],
    account: ['ann'],
    tag: ['unannounced', 'x-(y)|[z]{2}^$.*+?\\/'],
  },
  folders: { '<state>': '/home/ann/.local/share/cosmos', '~': '/home/ann' },
};
const NAMES = /ann\b|dragon|Secret|Film|gpu1|studio|unannounced|burning|nda|10\.1\.2\.3/;

test.each([
  [
    'The clip "dragon_010" is incomplete: depth: frame 0037 missing',
    'The clip "clip-2" is incomplete: depth: frame 0037 missing',
  ],
  ['/home/ann/.local/share/cosmos/daemon.log', '<state>/daemon.log'],
  ['cannot open /renders/Secret Film/dragon_010/depth.0001.exr', 'cannot open clip-1/name-1.exr'],
  ['ann@gpu1.studio.example:22 refused; ssh ann@10.1.2.3', 'login-1 refused; ssh login-2'],
  ['connect ECONNREFUSED 10.1.2.3:22', 'connect ECONNREFUSED address-1:22'],
  ['nda_dragon_v2_comp.mp4 is not usable', 'name-1.mp4 is not usable'],
  ['Guardrail blocked: a burning city', 'Guardrail blocked: prompt-1'],
  ['/elsewhere/nda/film.mov', '/name-1/name-2/name-3.mov'],
  ['D:\\nda\\y.png', 'D:\\name-1\\name-2.png'],
  ['https://files.studio.example/nda/x.mp4', 'url-1'],
])('%j is told without names', (text, told) => {
  expect(new StandIns(known).text(text)).toBe(told);
  expect(told).not.toMatch(NAMES);
});

test.each([
  'and/or 16/9 at 1/50 s',
  'Docker 27.1: nvidia/cuda',
  'ws://127.0.0.1:4000/rpc',
  'run cosmos doctor',
  'write user@host:port',
  '20.19.0',
])('%j stays', (text) => expect(new StandIns(known).text(text)).toBe(text));

test('the same name has the same stand-in; words of ours stay, whatever a clip is called', () => {
  const value = { state: 'ready', name: 'ready', clip: 'x', tags: ['unannounced'], host: 'gpu1', frames: 12 };
  expect(new StandIns(known).value([value, value])).toEqual(
    Array(2).fill({ state: 'ready', name: 'clip-3', clip: 'clip-4', tags: ['tag-1'], host: 'host-1', frames: 12 }),
  );
});
