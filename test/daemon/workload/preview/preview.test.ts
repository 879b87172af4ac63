import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Member, RunFile } from '../../../../daemon/workload/engine.js';
import { PreviewEngine } from '../../../../daemon/workload/preview/preview.js';
import type { Media, Prepared } from '../../../../schemas/index.js';

const engine = new PreviewEngine({ node: 'node', script: 'main.js', ffmpeg: 'F', ffprobe: 'P', niceness: 7 });
const MEDIA: Media = { frames: 48, width: 640, height: 360, fps: { num: 24, den: 1 } };

function prepared(name: string, more: Partial<Prepared> = {}): Prepared {
  const spec = { spec: `/state/jobs/${name}/spec.json`, specSha256: '0'.repeat(64), inputs: [] };
  return { name, ...spec, media: MEDIA, hints: ['depth', 'edge'], ...more };
}

function member(name: string, more: Partial<Prepared> = {}): Member {
  return { job: `job-${name}`, prepared: prepared(name, more), spec: `specs/${name}.json` };
}

describe('a run', () => {
  it('is shared by jobs of one hint set, in whatever order they name it', () => {
    const key = (...hints: string[]) => engine.batchKey(prepared('x', { hints }));
    expect(key('depth', 'edge')).toBe(key('edge', 'depth'));
    expect(key('depth', 'edge')).not.toBe(key('depth'));
    expect(key('depth', 'edge')).not.toBe(key('depth', 'edge', 'seg'));
  });

  it('is one command over all specs, with every path below the run folder', () => {
    const folder = path.resolve('runs', 'r 1');
    const { argv, env } = engine.command([member('a'), member('b')], folder);
    const at = (name: string) => path.join(folder, name);
    expect(argv).toEqual(
      ['node', 'main.js', '-i', at('specs/a.json'), '-i', at('specs/b.json'), '-o', at('out')].concat(
        ['--ffmpeg', 'F', '--ffprobe', 'P', '--niceness', '7'], // its tools and its place behind the artist's own work
      ),
    );
    expect(env).toEqual({});
  });

  it('makes whole frames a second and even sizes of what goes in', () => {
    const media = { frames: 10, width: 641, height: 361, fps: { num: 24_000, den: 1001 } };
    expect(engine.expect(prepared('x', { media }))).toEqual({
      frames: 10,
      width: 640,
      height: 360,
      fps: { num: 23, den: 1 },
    });
    expect(engine.expect(prepared('x', { media: { ...media, fps: { num: 1, den: 2 } } })).fps).toEqual({
      num: 1,
      den: 1,
    });
  });
});

const LOG = [
  '[11-22 10:00:00|INFO|preview] Processing sample a (1/3)\n',
  'frame 1/4\rframe 2/4\r',
  '[11-22 10:00:01|ERROR|preview] Sample b failed: The spec b.json is not JSON: oops.\n',
  '[11-22 10:00:02|INFO|preview] Processing sample Straße (1) (3/3)\n',
  'frame 1/1\r\n',
];
const BYTES = Buffer.from(LOG.join(''));

describe('reading the log', () => {
  const members = ['a', 'b', 'Straße (1)'].map((name) => member(name));
  const told = [
    { job: 'job-a', stage: 'starting', fraction: 0, logFrom: 0 },
    { job: 'job-a', stage: 'frame 1/4', fraction: 0.25 },
    { job: 'job-a', stage: 'frame 2/4', fraction: 0.5 },
    {
      job: 'job-Straße (1)',
      stage: 'starting',
      fraction: 0,
      logFrom: Buffer.byteLength(LOG.slice(0, 3).join('')),
    },
    { job: 'job-Straße (1)', stage: 'frame 1/1', fraction: 1 },
  ];

  it.each([1, 7, 1000])('tells each member how far it is, and passes over one that never begins (%i bytes)', (size) => {
    const reader = engine.logReader(members);
    const found = [];
    for (let at = 0; at < BYTES.length; at += size) found.push(...reader.push(BYTES.subarray(at, at + size)));
    expect(found).toEqual(told);
  });

  it('says nothing of samples that are none of the members', () => {
    expect(engine.logReader([member('c')]).push(BYTES)).toEqual([]);
  });
});

describe('the outcome', () => {
  const a = member('a');
  const files = (...names: string[]): RunFile[] => names.map((name) => ({ path: `out/${name}`, bytes: 9 }));
  const COMPLETE = files('a.json', 'a_control_depth.mp4', 'a_control_edge.mp4', 'a.mp4', 'a.txt');
  const error = (text: string) => `[11-22 10:00:00|ERROR|preview] ${text}\n`;

  it('is success when everything is there, whatever became of the run', () => {
    for (const exitCode of [0, 1, 137, null]) {
      expect(engine.outcome(a, COMPLETE, error('Sample b failed: no.'), exitCode)).toEqual({
        kind: 'succeeded',
        outputs: {
          video: 'out/a.mp4',
          controls: { depth: 'out/a_control_depth.mp4', edge: 'out/a_control_edge.mp4' },
          others: ['out/a.json', 'out/a.txt'],
        },
      });
    }
  });

  it('is success with an empty prompt', () => {
    const empty = COMPLETE.map((file) => (file.path === 'out/a.txt' ? { ...file, bytes: 0 } : file));
    expect(engine.outcome(a, empty, '', 0).kind).toBe('succeeded');
  });

  it('is a picture for one frame', () => {
    const still = member('a', { media: { ...MEDIA, frames: 1 }, hints: ['vis'] });
    const outcome = engine.outcome(still, files('a.json', 'a_control_vis.jpg', 'a.jpg', 'a.txt'), '', 0);
    expect(outcome).toMatchObject({ outputs: { video: 'out/a.jpg', controls: { vis: 'out/a_control_vis.jpg' } } });
  });

  it('is failure in the words of its own error line, not of another', () => {
    const log = error('Sample a failed: The depth control is short.') + error('Sample a2 failed: other.');
    expect(engine.outcome(a, files('a.json'), log, 1)).toEqual({
      kind: 'failed',
      message: 'The depth control is short.',
    });
  });

  it('is failure when it began and has no end', () => {
    expect(engine.outcome(a, files('a.json', 'a.mp4'), '', 137)).toEqual({
      kind: 'failed',
      message: 'The preview ended with exit code 137 and without a video.',
    });
    expect(engine.outcome(a, files('a.json'), error('Stopped by SIGTERM; gone.'), 143)).toEqual({
      kind: 'failed',
      message: 'Stopped by SIGTERM; gone.',
    });
  });

  it('is failure when the whole run could not work', () => {
    const log = error('ffmpeg was not found.');
    expect(engine.outcome(a, [], log, 1)).toEqual({ kind: 'failed', message: 'ffmpeg was not found.' });
  });

  it('is failure when the run says that all went well and nothing is there: another try would end the same way', () => {
    expect(engine.outcome(a, [], '', 0)).toEqual({
      kind: 'failed',
      message: 'The preview ended with exit code 0 and without a video.',
    });
  });

  it('is unreached when the run ended before it, by itself or by somebody', () => {
    expect(engine.outcome(a, files('b.json'), '', null)).toEqual({ kind: 'unreached' });
    expect(engine.outcome(a, files('b.json'), error('Stopped by SIGTERM; gone.'), 143)).toEqual({ kind: 'unreached' });
    expect(engine.outcome(a, files('b.json'), error('Sample b failed: no.'), 137)).toEqual({ kind: 'unreached' });
  });
});
