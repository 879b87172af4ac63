/**
 * The bundle that daemon/bundle.mjs makes of dist/: one file, with the code that V8 made of it, in place of the hundreds
 * that Node would look for, read and compile at each start. It is a copy: where it is not of this very build it is not
 * used, and the files of dist/ run as they are.
 */
import fs = require('node:fs');
import path = require('node:path');
import vm = require('node:vm');

const folder = path.join(__dirname, '..', 'bundle');
const program = path.join(folder, 'cosmos.cjs');

/** What the bundle exports: reads and runs the CLI. */
interface Bundle {
  readonly cli: () => Promise<{ readonly done: Promise<void> }>;
}

/** Files whose size and time change with the code: of the compiler, and of npm. */
const MADE_FROM: readonly string[] = [
  path.join(__dirname, 'tsconfig.tsbuildinfo'),
  path.join(__dirname, '..', 'client', 'tsconfig.tsbuildinfo'),
  path.join(__dirname, '..', 'schemas', 'tsconfig.tsbuildinfo'),
  path.join(__dirname, '..', '..', 'node_modules', '.package-lock.json'),
];

/** Where the parts of the bundle lie. The stamp is written last: with it the others are whole. */
const PARTS = { folder, program, cache: path.join(folder, 'cosmos.cache'), stamp: path.join(folder, 'stamp') };

/** The state of {@link MADE_FROM}; a file that is not there counts too. */
function stampNow(): string {
  return MADE_FROM.map((file) => {
    const facts = fs.statSync(file, { throwIfNoEntry: false });
    return facts === undefined ? '-' : `${facts.size} ${facts.mtimeMs}`;
  }).join('\n');
}

/** Compiles it, from what V8 kept of the last time where that is of this very Node and its flags. */
function compile(cachedData: Buffer | undefined): vm.Script {
  return new vm.Script(fs.readFileSync(program, 'utf8'), { filename: program, cachedData });
}

/** Runs what was compiled; nothing of the program runs before it is called. */
function evaluate(script: vm.Script): Bundle {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, program, folder);
  return module.exports as Bundle;
}

/** Undefined = there is none of this build, or COSMOS_DEBUG wants to see the lines of the real files. */
function readBundle(): Bundle | undefined {
  if (process.env.COSMOS_DEBUG) return undefined;
  try {
    if (fs.readFileSync(PARTS.stamp, 'utf8') !== stampNow()) return undefined;
    return evaluate(compile(fs.readFileSync(PARTS.cache)));
  } catch {
    return undefined; // not made, or being made
  }
}

export = { PARTS, stampNow, compile, evaluate, readBundle };
