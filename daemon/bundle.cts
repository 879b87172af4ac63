/**
 * The bundles that daemon/bundle.mjs makes of dist/: one file each, with the code that V8 made of it, in place of the
 * hundreds that Node would look for, read and compile at each start. They are copies: where they are not of this very
 * build they are not used, and the files of dist/ run as they are.
 */
import fs = require('node:fs');
import path = require('node:path');
import vm = require('node:vm');

const folder = path.join(__dirname, '..', 'bundle');

/**
 * Words of the command line whose code does the work itself instead of asking the daemon, or that speak of all words. Most
 * of the program is behind them, so that a bundle without them is read in half the time.
 */
const LOCAL = ['completion', 'daemon', 'demo', 'doctor', 'houdini', 'spec'];

/** `asking` is without the code behind {@link LOCAL}. */
const NAMES = ['asking', 'whole'] as const;
type Name = (typeof NAMES)[number];

/** Where the parts of the bundles lie. The stamp is written last: with it all the others are whole. */
const PARTS = {
  folder,
  stamp: path.join(folder, 'stamp'),
  asking: partsOf('asking'),
  whole: partsOf('whole'),
};

function partsOf(name: Name) {
  return { program: path.join(folder, `${name}.cjs`), cache: path.join(folder, `${name}.cache`) };
}

/** What a bundle exports: reads and runs the CLI. */
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

/** The state of {@link MADE_FROM}; a file that is not there counts too. */
function stampNow(): string {
  return MADE_FROM.map((file) => {
    const facts = fs.statSync(file, { throwIfNoEntry: false });
    return facts === undefined ? '-' : `${facts.size} ${facts.mtimeMs}`;
  }).join('\n');
}

/** Compiles it, from what V8 kept of the last time where that is of this very Node and its flags. */
function compile(name: Name, cachedData: Buffer | undefined): vm.Script {
  const { program } = PARTS[name];
  return new vm.Script(fs.readFileSync(program, 'latin1'), { filename: program, cachedData }); // bundle.mjs writes ASCII
}

/** Runs what was compiled; nothing of the program runs before it is called. */
function evaluate(name: Name, script: vm.Script): Bundle {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, PARTS[name].program, folder);
  return module.exports as Bundle;
}

/**
 * The bundle for a command line, whichever words are in it, also as values: reading too much does no harm. Undefined =
 * there is none of this build, or COSMOS_DEBUG wants to see the lines of the real files.
 */
function readBundle(words: readonly string[]): Bundle | undefined {
  if (process.env.COSMOS_DEBUG) return undefined;
  const name = words.some((word) => LOCAL.includes(word)) ? 'whole' : 'asking';
  try {
    if (fs.readFileSync(PARTS.stamp, 'utf8') !== stampNow()) return undefined;
    return evaluate(name, compile(name, fs.readFileSync(PARTS[name].cache)));
  } catch {
    return undefined; // not made, or being made
  }
}

export = { LOCAL, NAMES, PARTS, stampNow, compile, evaluate, readBundle };
