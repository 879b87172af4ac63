/** What a command reads before it answers: a short list, held by name, because each module more is time at every start. */
import { expect, test } from 'vitest';
import { createProgram } from '../../../daemon/cli/program.js';
import { WORDS } from '../../../daemon/cli/words.js';
import { runCosmos } from '../../support/cosmos.js';
import { fakeDoor } from '../../support/doors.js';
import { FakeDaemon } from '../../support/fake-daemon.js';
import { sampleJob } from '../../support/samples.js';
import { tempDir } from '../../support/tmp.js';

/** Tells on standard error what is loaded, by a line a module (nodejs.org/api/module.html, hooks). */
const LOADED = `import { writeSync } from 'node:fs';
export async function load(url, context, next) { writeSync(2, '@@' + url + '\\n'); return next(url, context); }`;
const TELLS = dataUrl(
  `import { register } from 'node:module'; register(${JSON.stringify(dataUrl(LOADED))}, 'data:text/javascript,');`,
);

function dataUrl(text: string): string {
  return `data:text/javascript,${encodeURIComponent(text)}`;
}

const LOG = { run: 'run-1', file: '/state/runs/run-1/log' };

/** Packages, and files of dist/, that a command loads, sorted; from the files, as the bundle hides what it reads. */
async function loadedBy(...args: string[]) {
  const stateDir = tempDir();
  await FakeDaemon.start(stateDir, {
    'job.list': () => ({ jobs: [sampleJob()] }),
    'queue.get': () => ({ paused: false, reason: '' }),
    'clip.list': () => ({ clips: [] }),
    'log.read': () => ({ ...LOG, from: 0, to: 0, text: '', size: 0, ended: true }),
  });
  const env = { NODE_OPTIONS: `--import ${TELLS}`, COSMOS_DEBUG: '1' };
  const { code, stderr } = await runCosmos({ stateDir, env }, ...args);
  const urls = [...stderr.matchAll(/^@@(file:.*)$/gm)].map(([, url = '']) => url);
  const packages = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
  const files = urls.flatMap((url) => /\/dist\/(.*)\.c?js$/.exec(url)?.[1] ?? []);
  return { code, packages: [...new Set(packages)].sort(), files: files.sort() };
}

/** Commander itself is asked for by its typings, out of sight of the hooks. */
const HELP_NEEDS = ['@commander-js/extra-typings', 'picocolors'];

test.each([['--help'], ['--version'], ['help']])(
  'cosmos %s reads no verb, no schema and hardly a package',
  async (word) => {
    const { code, packages, files } = await loadedBy(word);
    expect(code).toBe(0);
    expect(packages).toEqual(HELP_NEEDS);
    expect(files.filter((file) => file.startsWith('daemon/cli/commands/'))).toEqual([]);
    expect(files.filter((file) => /^schemas\/(?!redact|escapes|shown-text)/.test(file))).toEqual([]);
  },
);

test('cosmos queue reads its own verbs and three nouns of the protocol', async () => {
  const { code, packages, files } = await loadedBy('queue');
  expect(code).toBe(0);
  expect(packages.filter((name) => !TABLE.has(name))).toEqual([...HELP_NEEDS, ...ASKING].sort());
  const verbs = files.filter((file) => file.startsWith('daemon/cli/commands/'));
  expect(verbs).toEqual(['index', 'ls', 'pause', 'resume'].map((name) => `daemon/cli/commands/queue/${name}`));
  const protocol = files.filter((file) => /^schemas\/(protocol|index)/.test(file));
  expect(protocol).toEqual(
    ['daemon', 'job', 'method', 'method-of', 'queue', 'version'].map((name) => `schemas/protocol/${name}`),
  );
});

test.each([[['clip', 'ls']], [['logs', 'job-1']]])('cosmos %j reads nothing more to ask the daemon', async (args) => {
  const { packages, files } = await loadedBy(...args);
  expect(packages.filter((name) => !TABLE.has(name))).toEqual([...HELP_NEEDS, ...ASKING].sort());
  expect(files).not.toContain('schemas/protocol');
  expect(files).not.toContain('schemas/protocol/notifications');
});

/** What finds the daemon and asks it. */
const ASKING = ['env-paths', 'fastest-levenshtein', 'json-rpc-2.0', 'pretty-bytes', 'ws', 'zod'];
/** What lays a table out. */
const TABLE = new Set(
  [
    '@colors/colors',
    'ansi-regex',
    'cli-table3',
    'emoji-regex',
    'fast-string-truncated-width',
    'fast-string-width',
  ].concat(['is-fullwidth-code-point', 'parse-ms', 'pretty-ms', 'string-width', 'strip-ansi']),
);

test('help says of a word that is not read what it says of one that is', async () => {
  const helpOf = async (mentioned: 'all' | readonly string[]) => {
    const { door } = fakeDoor();
    return (await createProgram('0.0.0', { output: door, errors: door }, mentioned)).helpInformation();
  };
  const whole = await helpOf('all');
  expect(await helpOf([])).toBe(whole);
  for (const { name } of WORDS) expect(await helpOf([name])).toBe(whole);
});
