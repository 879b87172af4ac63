/** docs/ARCHITECTURE.md's directions and owners, read from the imports themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Import {
  readonly from: string;
  readonly to: string;
}

const LEAVES = [
  'errors',
  'secrets',
  'environment',
  'clock',
  'log',
  'state-dir',
  'process',
  'version',
  'near',
  'network-mount',
  'foreign',
  'media',
  'text',
  'written-path',
  'held-file',
  'local-path',
  'write-file',
  'private-folder',
  'usual-mode',
  'users',
  'exclusive',
  'back-off',
];
const CORE = ['job', ...LEAVES];

/** Area of daemon/ -> areas it may import; itself is always allowed, and schemas. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  secrets: [],
  environment: [],
  'named-variables': ['foreign', 'text'],
  launch: ['config', 'named-variables', 'process'],
  errors: ['secrets'],
  clock: [],
  log: ['secrets'],
  'state-dir': ['private-folder'],
  'private-folder': ['errors', 'users'],
  'usual-mode': [],
  exclusive: ['errors'],
  'back-off': [],
  users: [],
  process: ['environment'],
  version: [],
  near: [],
  'network-mount': ['process'],
  'written-path': ['errors'],
  'local-path': [],
  foreign: ['errors', 'clock', 'process', 'network-mount', 'local-path'],
  'held-file': ['errors', 'clock'],
  'write-file': ['held-file'],
  media: LEAVES,
  text: LEAVES,
  contents: LEAVES,
  picture: ['contents', ...LEAVES],
  config: LEAVES,
  job: [],
  lock: ['queue', 'lock-owners', ...LEAVES],
  'lock-owners': [],
  queue: CORE,
  watch: ['picture', ...CORE],
  watchdog: LEAVES,
  // What transfer prepares from passes is part of its workload, so that this also needs pictures and contents.
  workload: ['picture', 'contents', ...CORE],
  host: LEAVES,
  submit: ['workload', 'picture', 'contents', 'queue', ...CORE],
  artifact: ['queue', ...CORE],
  'config-text': ['config', ...LEAVES],
  presets: ['config', 'config-text', 'toml-edit', ...LEAVES],
  'toml-edit': [],
  run: ['workload', 'host', 'artifact', 'queue', ...CORE],
  fleet: ['run', 'artifact', 'workload', 'host', 'queue', 'config', 'config-text', 'toml-edit', ...CORE],
  server: ['artifact', 'watch', 'queue', ...CORE],
  build: [
    'run',
    'fleet',
    'submit',
    'workload',
    'host',
    'picture',
    'contents',
    'presets',
    'watch',
    'watchdog',
    'queue',
    'config',
    ...CORE,
  ],
  main: [
    'named-variables',
    'build',
    'server',
    'run',
    'submit',
    'workload',
    'queue',
    'lock',
    'config',
    'watchdog',
    ...CORE,
  ],
  demo: ['cli', 'config', 'picture', ...CORE],
  houdini: LEAVES,
  cli: [
    ...['named-variables', 'main', 'demo', 'config', 'lock', 'workload', 'presets', 'houdini', 'watchdog'],
    ...CORE,
  ],
};

/** Areas of daemon/ that are clients of a daemon. */
const CLIENTS: readonly string[] = ['cli', 'demo'];

/** Library -> the only files or folders that may name it. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['daemon/queue/db.ts'],
  chokidar: ['daemon/watch/'],
  execa: ['daemon/process.ts'],
  'write-file-atomic': ['daemon/write-file.ts'],
  'node:child_process': ['daemon/process.ts', 'extension/src/daemon.ts'],
  ws: ['daemon/server/server.ts', 'client/connect.ts'],
  ssh2: ['daemon/host/shell/'],
  'smol-toml': ['daemon/fleet/add-to-config.ts'],
  commander: ['daemon/cli/'],
  '@commander-js/extra-typings': ['daemon/cli/'],
  'toml-eslint-parser': ['daemon/config.ts', 'daemon/toml-edit.ts'],
  vscode: ['extension/src/'],
};

const imports = ['schemas', 'client', 'daemon', 'extension/src'].flatMap(sources).flatMap(importsOf);

test('the imports were found at all', () => {
  expect(imports.length).toBeGreaterThan(100);
});

test('schemas import nothing of ours, and only zod of others', () => {
  const strange = imports.filter(({ from, to }) => from.startsWith('schemas/') && !/^(schemas\/|zod$|node:)/.test(to));
  expect(strange).toEqual([]);
});

test('the client knows the schemas and itself; of the daemon only those who ask another one use it', () => {
  const ours = /^(schemas|client|daemon|extension|test|houdini)\//;
  const strange = imports.filter(({ from, to }) => {
    if (from.startsWith('client/')) return ours.test(to) && !/^(schemas|client)\//.test(to);
    return to.startsWith('client/') && from.startsWith('daemon/') && !CLIENTS.includes(area(from));
  });
  expect(strange).toEqual([]);
});

test('nothing imports the daemon from outside', () => {
  const strange = imports.filter(({ from, to }) => !from.startsWith('daemon/') && to.startsWith('daemon/'));
  expect(strange).toEqual([]);
});

test('the extension knows the schemas, the client and itself', () => {
  const strange = imports.filter(
    ({ from, to }) => from.startsWith('extension/') && /^(daemon|test|houdini)\//.test(to),
  );
  expect(strange).toEqual([]);
});

test('inside the daemon, dependencies run one way', () => {
  const wrong = imports.filter(({ from, to }) => {
    if (!from.startsWith('daemon/') || !to.startsWith('daemon/')) return false;
    const [here, there] = [area(from), area(to)];
    return here !== there && !(MAY_IMPORT[here] ?? []).includes(there);
  });
  expect(wrong).toEqual([]);
});

test('no file imports itself, by whatever way round, not even for a type', () => {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) {
    if (to.startsWith('.') || !/\.[jt]s$/.test(to)) continue;
    targets.set(from, [...(targets.get(from) ?? []), to.replace(/\.js$/, '.ts')]);
  }
  expect(circleIn(targets)).toEqual([]);
});

test('every area of the daemon has its place in the table', () => {
  const areas = new Set(sources('daemon').map(area));
  expect([...areas].filter((name) => !(name in MAY_IMPORT))).toEqual([]);
});

test('job/ is pure: no clock, no I/O, no library', () => {
  const outside = imports.filter(
    ({ from, to }) => from.startsWith('daemon/job/') && !/^(schemas|daemon\/job)\//.test(to),
  );
  expect(outside).toEqual([]);
});

test('every library has one owner', () => {
  const strange = imports.filter(({ from, to }) => {
    const owners = OWNERS[to];
    return owners !== undefined && !owners.some((owner) => from.startsWith(owner));
  });
  expect(strange).toEqual([]);
});

test('every process and thread is started with an environment that was chosen', () => {
  const starts = [...sources('client'), ...sources('daemon'), ...sources('extension/src')].flatMap((file) =>
    startsIn(file),
  );
  expect(starts.map(({ file, call }) => `${file} ${call}`).sort()).toEqual([
    'daemon/demo/exporter.ts Worker',
    'daemon/picture/exr/main.ts Worker',
    'daemon/process.ts execa',
    'daemon/process.ts execa',
    'daemon/process.ts spawn',
    'daemon/process.ts spawn',
    'daemon/watchdog/watchdog.ts Worker',
    'extension/src/daemon.ts spawn',
  ]);
  // What the extension starts is daemon/launch.js, which chooses for the daemon.
  const careless = starts.filter(({ file, options }) => {
    return (
      !file.startsWith('extension/') &&
      !/\benv(?:: environment(?:Of|For)\(|\b(?!:))|\.\.\.common\(options\)/.test(options)
    );
  });
  expect(careless).toEqual([]);
});

const STARTS =
  /^(?:(?:child_process|worker_threads)\.)?(?:spawn|spawnSync|exec|execSync|execFile|execFileSync|fork|execa\w*|Worker)$/;

/** Calls that start a process or a thread, with the text of their arguments. */
function startsIn(file: string): { file: string; call: string; options: string }[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  if (!/node:child_process|node:worker_threads|'execa'/.test(text)) return [];
  const found: { file: string; call: string; options: string }[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && STARTS.test(node.expression.getText())) {
      const options = (node.arguments ?? []).map((one) => one.getText()).join(', ');
      found.push({ file, call: node.expression.getText(), options });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

function sources(folder: string): string[] {
  const found = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return found.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name.split(path.sep).join('/')}`);
}

function importsOf(from: string): Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, from), 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => ({ from, to: target(from, fileName) }));
}

function target(from: string, name: string): string {
  return name.startsWith('.') ? path.posix.join(path.posix.dirname(from), name) : name;
}

/** The files of one circle, in order; empty where there is none. */
function circleIn(targets: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): readonly string[] => {
    if (way.includes(file)) return way.slice(way.indexOf(file));
    if (done.has(file)) return [];
    for (const next of targets.get(file) ?? []) {
      const circle = walk(next, [...way, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of targets.keys()) {
    const circle = walk(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

/** "daemon/queue/db.ts" -> "queue"; "daemon/lock.ts" -> "lock". */
function area(file: string): string {
  return (file.split('/')[1] ?? '').replace(/\.[jt]s$/, '');
}
