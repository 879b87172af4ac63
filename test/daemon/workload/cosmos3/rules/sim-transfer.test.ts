import { expect, test } from 'vitest';
import { media } from '../../../../support/spec-check.js';
import { GOOD, said } from './transfer.js';

const run = { model: '/models/Cosmos3-Nano-Sim-Transfer' };
const say = (change: object, frames = 93) =>
  said('sim_transfer_limits', { ...GOOD, ...change }, { run, media: { 'depth.mp4': media(frames, 1280, 720) } });
const name = 'Cosmos3-Nano-Sim-Transfer';

test('a spec within the limits', () => {
  expect(say({})).toEqual([]);
  expect(say({ resolution: '480' }, 201)).toEqual([]);
  expect(said('sim_transfer_limits', { ...GOOD, resolution: '720' }, { run: { model: 'Cosmos3-Nano' } })).toEqual([]);
});

test.each([
  [{ edge: {} }, `error : ${name} takes one control, and this spec has edge and depth`],
  [{ depth: undefined, wsm: { control_path: 'depth.mp4' } }, `error wsm: ${name} knows no wsm`],
  [{ depth: undefined, edge: {} }, `error edge: ${name} computes no controls: edge needs a control_path`],
  [{ resolution: '720' }, `error resolution: ${name} makes resolution "480", and this spec asks for "720"`],
])('beyond: %j', (change, sentence) => {
  expect(say(change)).toEqual([sentence]);
});

test('longer than it was trained for', () => {
  expect(say({}, 202)).toEqual([`warning : ${name} was trained up to 201 frames, and this video has 202`]);
});
