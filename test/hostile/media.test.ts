/** Media of strangers through a whole daemon: names that programs take for more than names, and files that are none. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import type { DaemonClient } from '../../client/daemon-client.js';
import type { Clip, Job } from '../../schemas/received.js';
import { DaemonProcess, type Workspace, workspace } from '../support/daemon.js';
import { writeSequences } from '../support/passes.js';
import { seededRandom, seededShuffle } from '../support/random.js';
import { sized } from './sized.js';

/** What ffmpeg, shells, patterns and protocols make something of. */
const PIECES = [
  ...[
    '%04d',
    '%d',
    '%%',
    '%',
    '*',
    '?',
    '[a]',
    '{a,b}',
    'concat:',
    '-i',
    "'",
    '"',
    ':',
    '\\',
    '|',
    ',',
    ';',
    '#',
    '&',
    '=',
  ],
  ...['\n', '\t', ' ', '~', '$(x)', '`', '(', ')', '<', '>', '!', '@', '+', '\u00e9', '\u540d', '\u202e', '\u001b[2J'],
];

/** All of it in two folder names of clips; in the bench in many. */
function names(): string[] {
  const random = seededRandom(41);
  const pick = () => PIECES[Math.floor(random() * PIECES.length)] ?? 'x';
  const few = Array.from({ length: sized(0, 60) }, () => `${pick()}${pick()}${pick()}${pick()}x`);
  return [...new Set([`-i ${PIECES.join('')}`, `concat:${seededShuffle(7, PIECES).join('')}`, ...few])];
}

async function watched(space: Workspace): Promise<DaemonClient> {
  const client = await DaemonProcess.start(space).connect();
  await client.call('watch.add', { path: space.exports, settle: 0.3 });
  return client;
}

function clips(client: DaemonClient, right: (clips: Clip[]) => boolean): Promise<Clip[]> {
  return vi.waitFor(
    async () => {
      const found = (await client.call('clip.list', {})).clips;
      if (!right(found))
        throw new Error(found.map(({ name, state, reason }) => `${name}: ${state} ${reason}`).join('\n'));
      return found;
    },
    { interval: 100 },
  );
}

function ended(client: DaemonClient, count: number): Promise<Job[]> {
  return vi.waitFor(
    async () => {
      const { jobs } = await client.call('job.list', {});
      const over = jobs.filter(({ state }) => ['succeeded', 'failed', 'refused', 'held'].includes(state));
      if (over.length < count) throw new Error(jobs.map(({ name, state }) => `${name}: ${state}`).join('\n'));
      return over;
    },
    { interval: 100 },
  );
}

test.runIf(process.platform !== 'win32')(
  'a clip of any name becomes the video that it becomes under a plain one, from pictures and from movies',
  async () => {
    const space = workspace();
    const plain = path.join(space.folder, 'plain');
    writeSequences(plain, { passes: ['color', 'depth'], last: 3, width: 32, height: 16 });
    const movies = path.join(space.folder, 'movies');
    mkdirSync(movies);
    for (const pass of ['color', 'depth']) {
      const input = ['-framerate', '24', '-i', path.join(plain, `${pass}.%04d.png`)];
      execFileSync('ffmpeg', ['-v', 'error', ...input, '-pix_fmt', 'yuv420p', path.join(movies, `${pass}.mp4`)]);
    }
    const all = ['plain', 'plain movie', ...names()];
    for (const [i, name] of all.entries()) {
      const folder = path.join(space.exports, name);
      if (i % 2 === 0) {
        writeSequences(folder, { passes: ['color', 'depth'], last: 3, width: 32, height: 16 });
        continue;
      }
      mkdirSync(folder);
      for (const pass of ['color', 'depth'])
        copyFileSync(path.join(movies, `${pass}.mp4`), path.join(folder, `${pass}.mp4`));
    }
    const client = await watched(space);
    const found = await clips(client, (list) => list.filter(({ state }) => state === 'ready').length === all.length);
    expect(found.map(({ path: folder }) => path.basename(folder)).sort()).toEqual([...all].sort());
    const targets = found.map(({ id }) => id);
    await client.call('job.submit', { targets, options: { prompt: 'rain' } });
    const jobs = await ended(client, all.length);
    expect(jobs.filter(({ state }) => state !== 'succeeded').map(({ name, error }) => [name, error?.message])).toEqual(
      [],
    );
    const { results } = await client.call('result.list', {});
    const madeOf = (name: string) =>
      results.find(({ video }) => path.dirname(video) === path.join(space.exports, name))?.sha256;
    const wanted = [madeOf('plain'), madeOf('plain movie')];
    expect(wanted.every((one) => one !== undefined)).toBe(true);
    for (const [i, name] of all.entries()) expect([name, madeOf(name)]).toEqual([name, wanted[i % 2]]);
  },
  sized(600_000, 1_800_000),
);

/** 8-bit RGB of zeros, as few bytes as they compress to. */
function png(width: number, height: number, rows = height): Buffer {
  const chunk = (kind: string, content: Buffer) => {
    const named = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc(rows * (3 * width + 1)));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** A TIFF directory of 65,000 entries, each of which says that a million numbers lie in the same bytes. */
function tiffBomb(): Buffer {
  const entries = 65_000;
  const bytes = Buffer.alloc(8 + 2 + 12 * entries + 4 + 4 * 2 ** 20);
  bytes.write('II*\0', 0, 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(entries, 8);
  for (let i = 0; i < entries; i++) {
    const at = 10 + 12 * i;
    bytes.writeUInt16LE(i, at);
    bytes.writeUInt16LE(4, at + 2);
    bytes.writeUInt32LE(2 ** 20, at + 4);
    bytes.writeUInt32LE(14 + 12 * entries, at + 8);
  }
  return bytes;
}

test.runIf(process.platform !== 'win32')(
  'what is no picture or movie, or claims to be a huge one, costs neither a thread nor memory, and is told',
  async () => {
    const space = workspace();
    const secret = path.join(space.folder, 'secret');
    writeSequences(secret, { passes: ['color'], last: 2 });
    const movie = path.join(space.folder, 'movie.mp4');
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=64x48:d=0.2', '-pix_fmt', 'yuv420p', movie]);
    const traps: Record<string, (file: (name: string) => string) => void> = {
      pipes: (file) => execFileSync('mkfifo', [file('color.0001.png'), file('color.0002.exr'), file('color.mp4')]),
      'pipe behind a link': (file) => {
        execFileSync('mkfifo', [file('pipe')]);
        symlinkSync('pipe', file('depth.0001.png'));
      },
      'link to a device': (file) => symlinkSync('/dev/zero', file('color.0001.tif')),
      'link outwards': (file) => symlinkSync(path.join(secret, 'color.0001.png'), file('color.0001.png')),
      playlist: (file) => writeFileSync(file('color.mp4'), `#EXTM3U\n#EXTINF:1,\n${movie}\n`),
      concat: (file) => writeFileSync(file('color.mp4'), `ffconcat version 1.0\nfile '${movie}'\n`),
      svg: (file) =>
        writeFileSync(
          file('color.0001.png'),
          '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        ),
      huge: (file) => writeFileSync(file('color.0001.png'), png(100_000, 100_000, 10)),
      'sparse movie': (file) => {
        copyFileSync(movie, file('color.mkv'));
        truncateSync(file('color.mkv'), 2 ** 40);
      },
      'table of values': (file) => writeFileSync(file('color.0001.tif'), tiffBomb()),
    };
    for (const [name, make] of Object.entries(traps)) {
      const folder = path.join(space.exports, name);
      mkdirSync(folder);
      make((inside) => path.join(folder, inside));
    }
    writeSequences(path.join(space.exports, 'honest'), { passes: ['color', 'depth'], last: 3 });
    const client = await watched(space);
    const honest = await clips(client, (list) =>
      list.some(({ name, state }) => name === 'honest' && state === 'ready'),
    );
    const [own] = honest.filter(({ name }) => name === 'honest');
    await client.call('job.submit', { targets: [own?.id ?? ''], options: { prompt: 'rain' } });
    expect((await ended(client, 1)).map(({ state }) => state)).toEqual(['succeeded']);
    const { clips: all } = await client.call('clip.list', {});
    expect(all.filter(({ state }) => state === 'ready').map(({ name }) => name)).toEqual(['honest']);
    for (const { name, reason } of all.filter(({ state }) => state === 'incomplete')) {
      expect([name, reason]).not.toEqual([name, '']);
      expect(reason).not.toContain(secret);
    }
  },
);
