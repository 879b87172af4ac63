import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkSpec } from '../../../../daemon/workload/dialects/check.js';
import { Positions } from '../../../../daemon/workload/dialects/line-and-column.js';
import type { Issue, TextEdit } from '../../../../schemas/index.js';
import { applyEdits } from '../../../../schemas/spec/json-edits.js';
import { media } from '../../../support/spec-check.js';
import { tempDir } from '../../../support/tmp.js';

const text = `{
  "name": "street",
  "prompt": "A ruined street",
  "video_path": "color.mp4",
  "max_frames": 121,
  "depth": {
    "control_path": "dept.mp4",
    "control_wieght": 0.4
  }
}
`;

function report(now: string, folder: string) {
  const file = path.join(folder, 'street.cosmos.json');
  return checkSpec(file, now, { facts: { media: (named) => (named === 'color.mp4' ? media(200) : undefined) } });
}

function world(): string {
  const folder = tempDir();
  for (const name of ['color.mp4', 'depth.mp4', 'notes.txt']) writeFileSync(path.join(folder, name), 'x');
  return folder;
}

function issue(now: string, folder: string, code: string): Issue {
  const found = report(now, folder).issues.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no ${code}`);
  return found;
}

function marked({ line, column, endLine, endColumn }: Issue, now = text): string {
  const positions = new Positions(now);
  return now.slice(positions.offsetOf({ line, column }), positions.offsetOf({ line: endLine, column: endColumn }));
}

function edited(now: string, edits: readonly TextEdit[] = []): string {
  const positions = new Positions(now);
  return applyEdits(
    now,
    edits.map(({ line, column, endLine, endColumn, text: put }) => ({
      start: positions.offsetOf({ line, column }),
      end: positions.offsetOf({ line: endLine, column: endColumn }),
      text: put,
    })),
  );
}

test('a slip in a control, a length that costs a chunk, and a wrong path: each at its place', () => {
  const folder = world();
  expect(marked(issue(text, folder, 'unknown_key'))).toBe('"control_wieght"');
  expect(marked(issue(text, folder, 'chunk_count'))).toBe('121');
  expect(marked(issue(text, folder, 'path_not_file'))).toBe('"dept.mp4"');
});

test('each of the three has a change that takes it away', () => {
  const folder = world();
  const key = edited(text, issue(text, folder, 'unknown_key').edits);
  const path = edited(key, issue(key, folder, 'path_not_file').offers?.[0]?.edits);
  const length = edited(path, issue(path, folder, 'chunk_count').offers?.[0]?.edits);
  expect(JSON.parse(length)).toMatchObject({
    max_frames: 93,
    depth: { control_path: 'depth.mp4', control_weight: 0.4 },
  });
  expect(report(length, folder)).toMatchObject({ ok: true, issues: [] });
});

test('a length of which the video is not known yet counts as the most it can be', () => {
  const folder = world();
  const unknown = text.replace('color.mp4', 'colour.mp4');
  expect(issue(unknown, folder, 'chunk_count').message).toContain('121 frames are two chunks');
  expect(issue(unknown, folder, 'path_not_file').offers?.[0]?.says).toBe('Write "color.mp4".');
});

test('where no name is near, the file for the field is offered, and leaving it out where that works', () => {
  const folder = world();
  const far = text.replace('dept.mp4', 'Z_v012.mp4');
  expect(issue(far, folder, 'path_not_file').offers?.map(({ says }) => says)).toEqual([
    'Write "depth.mp4".',
    'Leave it out: depth is then computed from the colour video.',
  ]);
});

test('every change that is offered leaves JSON behind', () => {
  const folder = world();
  const odd = text.replace('"max_frames": 121', '"seed": 6.5, "colour": 1, "num_step": 35');
  for (const { offers = [] } of report(odd, folder).issues) {
    for (const offer of offers) expect(() => JSON.parse(edited(odd, offer.edits))).not.toThrow();
  }
  expect(issue(odd, folder, 'int_from_float').offers?.map(({ says }) => says)).toEqual(['Write 6.', 'Write 7.']);
});
