import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import { lastScreen, wrap } from '../../../daemon/demo/last-screen.js';
import { proofsOf } from '../../../daemon/demo/proofs.js';
import { sampleFacts } from './sample-facts.js';

const facts = sampleFacts();
const colors = picocolors.createColors(false);

function screen(platform: NodeJS.Platform = 'linux'): string {
  return lastScreen({ facts, proofs: proofsOf(facts), colors, seconds: 31.4, platform }).join('\n');
}

test('names every file and says that the video is no Cosmos result', () => {
  const text = screen();
  for (const file of [facts.result.video, facts.result.contactSheet, facts.specFile]) expect(text).toContain(file);
  expect(text).toContain('This is a preview');
  expect(text).toContain('it is not Cosmos');
});

test('tells the price in chunks and minutes, with its source, and that 121 frames are two chunks', () => {
  expect(screen()).toContain('48 frames: 1 chunk, 4m 24s.   121 frames: 2 chunks, 8m 48s.');
  expect(screen()).toContain("NVIDIA's published table");
});

test('ends with two commands that can be pasted', () => {
  expect(screen().trimEnd().split('\n').slice(-2)).toEqual([
    '  npx cosmos watch add /tmp/demo/export',
    '  npx cosmos submit /tmp/demo/export/city_block --dry-run',
  ]);
});

test('no line is wider than 100 columns', () => {
  for (const line of screen().split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});

test.each([
  ['win32', 'start "" "/tmp/demo/results/sheet.png"'],
  ['darwin', 'open /tmp/demo/results/sheet.png'],
  ['linux', 'xdg-open /tmp/demo/results/sheet.png'],
] as const)('says how to open a picture on %s', (platform, command) => {
  expect(screen(platform)).toContain(command);
});

test('wraps at spaces and never breaks a path', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('see /a/very/long/path now', 6)).toEqual(['see', '/a/very/long/path', 'now']);
});
