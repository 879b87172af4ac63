/** One finding for one slip: what is solved with another finding is marked, and clients show the cause alone. */
import { expect, test } from 'vitest';
import { Positions } from '../../../../daemon/workload/dialects/line-and-column.js';
import { type CheckReport, type Dialect, shownIssues, type TextEdit } from '../../../../schemas/index.js';
import { applyEdits } from '../../../../schemas/spec/json-edits.js';
import { goodCosmos3 as c3, goodTransfer25 as t25 } from '../../../support/good-specs.js';
import { type Checked, checked, media } from '../../../support/spec-check.js';

const WORLD: Checked = {
  media: { 'color.mp4': media(93), 'depth.mp4': media(93), 'edge.mp4': media(93) },
  facts: { entry: (named) => (/dept\.mp4|^\//.test(named) ? 'none' : 'file'), near: () => ['depth.mp4'] },
};

/** The spec with a key called otherwise. */
function called(spec: object, key: string, slip: string): object {
  return Object.fromEntries(Object.entries(spec).map(([name, value]) => [name === key ? slip : name, value]));
}

const twoControls = { ...t25, seg: { control_path: 'seg.mp4' }, edge: undefined };

/** The slip, what is shown of it, and what goes with it. */
const SLIPS: readonly (readonly [Dialect, object, string, readonly string[]])[] = [
  ['transfer2.5', called(t25, 'prompt', 'promt'), 'extra_forbidden', ['missing']],
  ['transfer2.5', called(t25, 'prompt', 'PROMPT'), 'extra_forbidden', ['missing']],
  ['transfer2.5', called(t25, 'video_path', 'video'), 'extra_forbidden', ['missing']],
  ['transfer2.5', called(t25, 'name', 'nmae'), 'extra_forbidden', ['missing']],
  ['transfer2.5', { ...called(t25, 'prompt', 'promt_path'), promt_path: 'p.txt' }, 'extra_forbidden', ['missing']],
  ['transfer2.5', { ...twoControls, dpeth: { control_path: 'depth.mp4' } }, 'extra_forbidden', ['seg_alone']],
  ['transfer2.5', { ...twoControls, depth: 'depth.mp4' }, 'model_type', ['seg_alone']],
  [
    'transfer2.5',
    { ...t25, depth: { control_pth: 'depth.mp4' }, edge: undefined, max_frames: 50 },
    'unknown_key',
    ['whole_video_computed'],
  ],
  ['transfer2.5', { ...t25, video_path: '/away/color.mp4' }, 'path_not_file', ['absolute_path']],
  ['cosmos3', called(c3, 'seed', 'sed'), 'extra_forbidden', ['seed_missing']],
  ['cosmos3', called(c3, 'prompt', 'promt'), 'extra_forbidden', ['prompt_missing']],
  ['cosmos3', called(c3, 'depth', 'dept'), 'extra_forbidden', ['no_control']],
  ['cosmos3', { ...c3, vision_path: 'v.mp4', guidance_interval: [] }, 'missing', ['missing']],
];

test.each(SLIPS)('%s %j', (engine, spec, shown, hidden) => {
  const report = checked(spec, { ...WORLD, engine });
  const errors = shownIssues(report.issues).filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code }) => code)).toEqual([shown]);
  const folded = report.issues.filter(({ because }) => because !== undefined).map(({ code }) => code);
  expect(folded).toEqual(expect.arrayContaining([...hidden]));
  const [cause] = errors;
  for (const { because } of report.issues) if (because !== undefined) expect(report.issues[because]).toBe(cause);
});

test.each(SLIPS.filter(([, , shown]) => shown !== 'missing'))('solved in %s, both are gone: %j', (engine, spec) => {
  const text = JSON.stringify(spec, null, 2);
  const before = checked(text, { ...WORLD, engine });
  const [cause] = shownIssues(before.issues).filter(({ severity }) => severity === 'error');
  const after = checked(edited(text, cause?.edits ?? cause?.offers?.[0]?.edits ?? []), { ...WORLD, engine });
  const gone = before.issues.filter((one) => one === cause || one.because !== undefined);
  expect(gone.length).toBeGreaterThan(1);
  for (const { code, path } of gone)
    expect(after.issues.map((one) => [one.code, one.path])).not.toContainEqual([code, path]);
});

test('two slips are two findings, and each takes its own along', () => {
  const report = checked(called(called(t25, 'prompt', 'promt'), 'name', 'nam'));
  expect(shownIssues(report.issues).map(({ path }) => path)).toEqual([['nam'], ['promt']]);
  expect(report.issues).toHaveLength(4);
});

test('what has a reason of its own is not hidden by a slip', () => {
  const spec = { ...called(t25, 'prompt', 'promt'), guidance: 9, resolution: '333' };
  expect(
    shownIssues(checked(spec).issues)
      .map(({ code }) => code)
      .sort(),
  ).toEqual(['extra_forbidden', 'less_than_equal', 'resolution']);
  const leading = checked(
    { ...t25, video_path: '../color.mp4' },
    { facts: { entry: () => 'none', inside: () => false } },
  );
  expect(shownIssues(leading.issues).map(({ code }) => code)).toEqual(expect.arrayContaining(['outside_root']));
});

test('a name that another sample of the file has is its own mistake, whatever else is wrong there', () => {
  const text = `${JSON.stringify(t25)}\n${JSON.stringify({ ...t25, guidence: 3 })}`;
  expect(shownIssues(checked(text, { file: 's.jsonl' }).issues).map(({ code }) => code)).toContain('SystemExit');
});

test('a refused spec always shows an error, in YAML too', () => {
  const yaml = checked('name: lot\npromt: A street\nseed: 1\ndepht:\n  control_path: depth.mp4\n', {
    file: 's.yaml',
    engine: 'cosmos3',
  });
  expect(shownErrors(yaml)).toEqual(['extra_forbidden', 'extra_forbidden']);
});

test('a thousand slips do not keep anybody waiting: the first are tried', () => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`promt${index}`, 'x']));
  const { prompt: _, ...rest } = t25;
  const report = checked({ ...rest, ...many });
  expect(report.issues.filter(({ because }) => because !== undefined)).toMatchObject([{ code: 'missing' }]);
});

function shownErrors({ issues }: CheckReport): string[] {
  return shownIssues(issues).flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));
}

function edited(text: string, edits: readonly TextEdit[]): string {
  const positions = new Positions(text);
  const offsets = edits.map(({ line, column, endLine, endColumn, text: put }) => ({
    start: positions.offsetOf({ line, column }),
    end: positions.offsetOf({ line: endLine, column: endColumn }),
    text: put,
  }));
  return applyEdits(text, offsets);
}
