import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listFolder } from '../../../daemon/watch/listing.js';
import { SpecFinder, specNames } from '../../../daemon/watch/spec-file.js';
import { tempDir } from '../../support/tmp.js';

/** Files of a folder -> the name of the spec that is found for "street". */
test.each([
  [{ 'street.json': '{"prompt": "dusk"}' }, 'street.json'],
  [{ 'street.json': '{"video_path": "street.mp4"}' }, 'street.json'],
  [{ 'street.json': '{"depth": {"control_weight": 1}}' }, 'street.json'],
  [{ 'street.json': '{"prompt": "dusk", "seed": }' }, 'street.json'],
  [{ 'street.json': '{"frames": 24}' }, null],
  [{ 'street.json': '["prompt"]' }, null],
  [{ 'street.json': '' }, null],
  [{ 'alley.json': '{"prompt": "dusk"}' }, null],
  [{ 'street.json': '{"prompt": "dusk"}', 'street.cosmos.json': '{' }, 'street.cosmos.json'],
])('%j: %s', async (files, expected) => {
  const folder = tempDir();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const listing = await listFolder(folder, folder);
  const spec = await new SpecFinder(folder, folder).find(specNames('street', true), listing.files);
  expect(spec).toBe(expected === null ? null : path.join(folder, expected));
});

test('a clip that a manifest calls what no file can be called has a spec all the same, in its own folder', () => {
  expect(specNames('a/../b', false, 'linux')).toEqual(['a_.._b.cosmos.json']);
  expect(specNames('Shot 10: dusk?', false, 'linux')).toEqual(['Shot 10: dusk?.cosmos.json']);
  expect(specNames('Shot 10: dusk?\\x', true, 'win32')).toEqual([
    'Shot 10_ dusk__x.cosmos.json',
    'Shot 10_ dusk__x.json',
  ]);
});
