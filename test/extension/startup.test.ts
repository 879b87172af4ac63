/** VS Code waits while the extension's code is read and run: what is not needed for that comes later. */
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ENTRY = 'extension/src/extension.ts';
/** Most of what the whole bundle takes to run. */
const HEAVY = /^(node_modules\/(zod|ws|json-rpc-2\.0)\/|schemas\/protocol\.ts$)/;

let inputs: Metafile['inputs'];

beforeAll(async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    external: ['vscode', 'bufferutil', 'utf-8-validate'],
    logLevel: 'silent',
  });
  inputs = metafile.inputs;
});

test('zod, ws and the protocol are not run before the extension is active', () => {
  expect([...reached(ENTRY, isStatic)].filter((file) => HEAVY.test(file))).toEqual([]);
});

test('they are there for later', () => {
  const late = [...reached(ENTRY, () => true)].filter((file) => HEAVY.test(file));
  expect(new Set(late.map((file) => HEAVY.exec(file)?.[1]))).toEqual(
    new Set(['node_modules/zod/', 'node_modules/ws/', 'node_modules/json-rpc-2.0/', 'schemas/protocol.ts']),
  );
});

type Import = Metafile['inputs'][string]['imports'][number];

function isStatic({ kind }: Import): boolean {
  return kind !== 'dynamic-import';
}

/** Every file that one leads to. */
function reached(from: string, follow: (one: Import) => boolean, seen = new Set([from])): Set<string> {
  for (const one of inputs[from]?.imports ?? []) {
    if (one.external || seen.has(one.path) || !follow(one)) continue;
    seen.add(one.path);
    reached(one.path, follow, seen);
  }
  return seen;
}
