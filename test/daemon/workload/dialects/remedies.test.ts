/** What NVIDIA's complaints offer to editors and to --fix; that the edits are right is in fix/fix.test.ts. */
import { expect, test } from 'vitest';
import type { Dialect, Issue } from '../../../../schemas/index.js';
import { checked } from '../../../support/spec-check.js';

const t25 = { name: 'lot', prompt: 'A street', video_path: 'color.mp4', edge: { control_path: 'edge.mp4' } };
const c3 = { name: 'lot', prompt: 'A street', seed: 1, depth: { control_path: 'depth.mp4' } };

function issueAt(spec: object, key: string, engine: Dialect = 'transfer2.5'): Issue | undefined {
  return checked(spec, { engine }).issues.find(({ source, path }) => source === 'nvidia' && path.at(-1) === key);
}

test.each<[string, unknown, string, string | undefined, number]>([
  ['output_dir', 'out', ': it is given on the command line now, as --output-dir', 'Remove it.', 1],
  [
    'not_keep_input_resolution',
    true,
    ': it is "keep_input_resolution" now and means the opposite',
    'Write "keep_input_resolution": false.',
    2,
  ],
  [
    'not_keep_input_resolution',
    'yes',
    ': it is "keep_input_resolution" now and means the opposite',
    'Write "keep_input_resolution" with true or false.',
    0,
  ],
  ['control_weight', 0.5, ': each control has its own', 'Write "control_weight" into each control.', 2],
  ['control_weight', 'strong', ': each control has its own', 'Write "control_weight" into each control.', 0],
  [
    'input_video_path',
    'b.mp4',
    ': it is called "video_path", which is there as well',
    'Remove it; the other one counts.',
    1,
  ],
  ['guidance_scale', 3, '', 'Did you mean "guidance"?', 1],
  ['guidence', 3, '', 'Did you mean "guidance"?', 1],
  ['guidence', 'strong', '', 'Did you mean "guidance"?', 0],
  ['fps', 24, '', 'Remove it: only Cosmos 3 knows it.', 0],
  ['my_note', 'x', '', 'Remove it.', 0],
])('transfer2.5 has no %s: %j', (key, value, since, fix, edits) => {
  const issue = issueAt({ ...t25, [key]: value }, key);
  expect(issue).toMatchObject({ message: `a Transfer 2.5 spec has no "${key}"${since}`, fix });
  expect(issue?.edits ?? []).toHaveLength(edits);
});

test.each<[Dialect, string, unknown, string | undefined, boolean]>([
  ['transfer2.5', 'resolution', 720, 'Write "720".', true],
  ['transfer2.5', 'prompt', 720, 'Write it between double quotes: "...".', false],
  ['transfer2.5', 'negative_prompt', null, 'Leave it out, and the default is used.', true],
  ['transfer2.5', 'prompt', null, 'Write text in quotes.', false],
  ['transfer2.5', 'guidance', 6.5, 'Write 6 or 7.', false],
  ['transfer2.5', 'num_steps', 0.5, 'The nearest it takes is 1.', false],
  ['transfer2.5', 'num_steps', '35.5', 'Write 35 or 36.', false],
  ['transfer2.5', 'num_steps', 'many', 'Write a whole number, such as 1, without quotes or brackets.', false],
  ['transfer2.5', 'num_conditional_frames', '1', 'Write 1.', true],
  ['transfer2.5', 'num_conditional_frames', 3, 'Write one of them, or leave it out: it is 1 then.', false],
  ['cosmos3', 'aspect_ratio', '16:9', 'Write "16,9".', true],
  ['cosmos3', 'aspect_ratio', '21:9', 'Write one of them, or leave it out.', false],
  ['cosmos3', 'resolution', '720p', 'Write "720".', true],
  ['cosmos3', 'resolution', 1080, 'Write one of them, or leave it out.', false],
])('%s: %s %j', (engine, key, value, fix, repaired) => {
  const issue = issueAt({ ...(engine === 'cosmos3' ? c3 : t25), [key]: value }, key, engine);
  expect(issue).toBeDefined();
  expect({ fix: issue?.fix, repaired: issue?.edits !== undefined }).toEqual({ fix, repaired });
});

test.each<[Dialect]>([['transfer2.5'], ['cosmos3']])('%s takes no list, whatever is in it', (engine) => {
  const message = 'this is a list, and a spec is one JSON object: { ... }';
  const fixes = [[{}], [{}, {}]].map((list) => checked(list, { engine }).issues[0]);
  expect(fixes).toMatchObject([
    { message, fix: 'Take away the "[" and "]" around it.' },
    { message, fix: 'Write the 2 specs into a .jsonl file, each on one line.' },
  ]);
});
