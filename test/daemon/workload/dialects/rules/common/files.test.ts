import { expect, test } from 'vitest';
import { goodCosmos3, goodTransfer25 } from '../../../../../support/good-specs.js';
import { checked, issuesOf } from '../../../../../support/spec-check.js';

const inside = (named: string) => !named.startsWith('../') && !named.startsWith('/');

test.each([
  [{ video_path: '../secret.mp4' }, ['video_path']],
  [{ image_context_path: '../secret.png' }, ['image_context_path']],
  [{ guided_generation_mask: '../secret.npz' }, ['guided_generation_mask']],
  [{ prompt_path: '../secret.txt' }, ['prompt_path']],
  [{ edge: { control_path: '../secret.mp4' } }, ['edge', 'control_path']],
  [{ seg: { mask_path: '../secret.mp4' } }, ['seg', 'mask_path']],
])('transfer2.5: %j leads out of the folder', (change, path) => {
  const report = checked({ ...goodTransfer25, ...change }, { facts: { inside } });
  expect(issuesOf(report, 'outside_root')).toMatchObject([{ severity: 'error', path }]);
  expect(report.ok).toBe(false);
});

test.each(['vision_path', 'prompt_path', 'sound_path', 'action_path', 'defaults_file', 'tensors_file', 'pickle_file'])(
  'cosmos3: %s leads out of the folder',
  (key) => {
    const report = checked({ ...goodCosmos3, [key]: '../secret.mp4' }, { facts: { inside } });
    expect(issuesOf(report, 'outside_root')).toMatchObject([
      {
        severity: 'error',
        path: [key],
        message: `${key}: ../secret.mp4 lies outside the folder that this spec may read from`,
      },
    ]);
  },
);

test('a path is judged where it stands even when there is no such file, and addresses are not', () => {
  const facts = { inside, entry: () => 'none' as const };
  expect(issuesOf(checked({ ...goodTransfer25, video_path: '../x.mp4' }, { facts }), 'outside_root')).toHaveLength(1);
  const depth = { control_path: 'https://host/depth.mp4' };
  const never = { inside: (named: string) => named !== depth.control_path };
  expect(issuesOf(checked({ ...goodCosmos3, depth }, { facts: never }), 'outside_root')).toEqual([]);
});

test.each(['/clips/a.mp4', 'C:\\clips\\a.mp4', 'c:/clips/a.mp4', '\\\\server\\a.mp4', '~/a.mp4'])(
  '%s is a path of this machine',
  (named) => {
    const report = checked({ ...goodTransfer25, video_path: named });
    expect(issuesOf(report, 'absolute_path')).toMatchObject([
      {
        severity: 'info',
        path: ['video_path'],
        message: 'video_path is an absolute path, which another machine does not have',
      },
    ]);
  },
);

test('a path below the spec is no absolute one', () => {
  expect(issuesOf(checked({ ...goodTransfer25, video_path: 'sub/../a.mp4' }), 'absolute_path')).toEqual([]);
});

test('what ffprobe could not read is an error with its words', () => {
  const unreadable = (named: string) => (named === 'edge.mp4' ? 'moov atom not found' : undefined);
  const report = checked(goodTransfer25, { facts: { unreadable } });
  expect(issuesOf(report, 'media_unreadable')).toMatchObject([
    {
      severity: 'error',
      path: ['edge', 'control_path'],
      message: 'edge.control_path: edge.mp4 is no readable video or picture (moov atom not found)',
    },
  ]);
});
