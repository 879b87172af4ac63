import { expect, test } from 'vitest';
import { GOOD, said } from './transfer.js';

const two = (edge: string, depth: string) => ({
  ...GOOD,
  edge: { control_path: edge },
  depth: { control_path: depth },
  guidance: 3,
  control_guidance: 1.5,
});

test('two addresses of one suffix are saved under one name', () => {
  expect(said('control_urls_collide', two('https://a/e.mp4', 's3://b/d.mp4?v=2'))).toEqual([
    'error edge.control_path: edge and depth are both addresses and are saved as transfer_control.mp4: edge would read depth',
  ]);
});

test('one address, the same address and other suffixes do not collide', () => {
  expect(said('control_urls_collide', two('https://a/e.mp4', 'depth.mp4'))).toEqual([]);
  expect(said('control_urls_collide', two('https://a/e.mp4', 'https://a/e.mp4'))).toEqual([]);
  expect(said('control_urls_collide', two('https://a/e.mp4', 'https://a/d.mov'))).toEqual([]);
});

test('addresses are left to the host', () => {
  const spec = { ...GOOD, vision_path: 'https://a/c.mp4', depth: { control_path: 'https://a/d.mp4' } };
  const tail = 'is an address: the host fetches it when the run starts, and it is not checked here';
  expect(said('fetched_by_host', spec)).toEqual([
    `info vision_path: vision_path ${tail}`,
    `info depth.control_path: depth.control_path ${tail}`,
  ]);
  expect(said('fetched_by_host', GOOD)).toEqual([]);
});
