// Runs before `npm run demo`, `npm test`, `npm run test:quick` and `npm run bench`: makes a fresh clone ready, or says exactly what is missing.
// Uses nothing but Node itself, because nothing else is there yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPython, missingForPython } from './python.mjs';
import { canRunVscode, installVscode } from './vscode.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const MINIMUM_NODE = [20, 19];
// Progress goes to stderr: `npm run demo -- --json` promises exactly one object on stdout.
const say = (text) => process.stderr.write(`${text}\n`);

function fail(problem, remedy) {
  say(`\nSetup failed: ${problem}\n  ${remedy}\n`);
  process.exit(1);
}

function run(what, command, args, remedy, cwd = root) {
  // npm is a .cmd file on Windows, which only a shell can start; the arguments here are constants.
  const result = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (result.status === 0) return;
  fail(`${what} (${command} ${args.join(' ')})${result.error ? `: ${result.error.message}` : ''}`, remedy);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantMajor, wantMinor] = MINIMUM_NODE;
  if (major > wantMajor || (major === wantMajor && minor >= wantMinor)) return;
  fail(
    `Node.js ${process.versions.node} is too old.`,
    `Install Node.js ${MINIMUM_NODE.join('.')} or newer: https://nodejs.org`,
  );
}

/** The lock file, the platform and Node's ABI together decide what is installed. */
function fingerprint() {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  const machine = `${process.platform}-${process.arch}-${process.versions.modules}`;
  return createHash('sha256').update(lock).update(machine).digest('hex');
}

function installPackages() {
  const stamp = path.join(root, 'node_modules', '.cosmos-setup');
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Installing the locked npm packages (once; a native module may be compiled, which takes a minute or two) ...');
  rmSync(stamp, { force: true });
  const remedy =
    'Check the network, and that python3, make and a C++ compiler are there in case no prebuilt binary fits.';
  run('npm could not install the packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], remedy);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** What `cosmos houdini install` copies; nothing else needs it, and it takes a Python with pip. */
function buildHoudiniPlugin() {
  const script = path.join(root, 'houdini', 'build.mjs');
  run('the Houdini plugin could not be built', process.execPath, [script], 'See above; then run this again.');
}

function build() {
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  run(
    'the TypeScript build has errors',
    process.execPath,
    [compiler, '-b'],
    'Fix the errors above; then run this again.',
  );
  const bundle = path.join(root, 'daemon', 'bundle.mjs');
  run('the command could not be bundled', process.execPath, [bundle], 'See above; then run this again.');
}

/** Programs the tests use as they are. apt package by program. */
const TEST_PROGRAMS = { ffmpeg: 'ffmpeg', ffprobe: 'ffmpeg', python3: 'python3', pgrep: 'procps' };
/** The same for the GPU hosts of test/gpu-host, which only Linux can have. */
const HOST_PROGRAMS = {
  dockerd: 'docker.io',
  rsync: 'rsync',
  busybox: 'busybox-static',
  fish: 'fish',
  tcsh: 'tcsh',
  zsh: 'zsh',
  gcc: 'gcc',
};
/** The same for the tests in VS Code. */
const VSCODE_PROGRAMS = { chromium: 'chromium' };
const VERSION_FLAG = { ffmpeg: '-version', ffprobe: '-version', busybox: '--help' };
/** Files that no program of their own tells of, by apt package: not every sshd can say its version. */
const HOST_FILES = { 'openssh-server': '/usr/sbin/sshd', 'libc6-dev': '/usr/include/stdio.h' };
/** Python modules the tests use: statement that needs them, by apt package. */
const TEST_MODULES = { 'python3-venv': 'import ensurepip, venv' };

/** `more`: programs beside those that every test needs, as TEST_PROGRAMS. */
function missingPackages(more) {
  const onLinux = process.platform === 'linux';
  const env = { ...process.env, PATH: `${process.env.PATH}${path.delimiter}/usr/sbin` }; // not in every user's PATH
  const runs = (program, args) => spawnSync(program, args, { env }).status === 0;
  const wanted = { ...TEST_PROGRAMS, ...(onLinux ? HOST_PROGRAMS : {}), ...more };
  const programs = Object.keys(wanted).filter((program) => !runs(program, [VERSION_FLAG[program] ?? '--version']));
  const files = onLinux ? Object.keys(HOST_FILES).filter((name) => !existsSync(HOST_FILES[name])) : [];
  const modules = Object.keys(TEST_MODULES).filter((name) => !runs('python3', ['-c', TEST_MODULES[name]]));
  return [...new Set([...programs.map((program) => wanted[program]), ...files, ...modules])];
}

function installTestPrograms(more = {}, besides = []) {
  const packages = [...new Set([...missingPackages(more), ...besides])];
  if (packages.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const isDebian = existsSync('/etc/debian_version');
  if (!isDebian || process.getuid?.() !== 0) {
    fail(
      `the tests need ${packages.join(', ')}.`,
      isDebian ? `Run: sudo ${command}` : `Install ${packages.join(', ')}.`,
    );
  }
  say(`Installing system packages that the tests need: ${packages.join(', ')} ...`);
  run('apt-get update failed', 'apt-get', ['update', '-qq'], 'Check the network and /etc/apt/sources.list.');
  run('apt-get install failed', 'apt-get', command.split(' ').slice(1), `Run it by hand: ${command}`);
}

const isQuick = process.argv.includes('--test-quick');
const isTest = isQuick || process.argv.includes('--test');

/** `npm test` takes long enough that a person wants to know before it begins. */
function announce() {
  say(
    isQuick
      ? 'The quick tests: parts of the programs, and of the Houdini plugin what needs no daemon; about 2 minutes on two idle cores.'
      : `All tests: style, parts, whole daemons, Houdini plugin, GPU hosts${canRunVscode ? ', VS Code' : ''}; about 20 minutes on two idle cores. \`npm run test:quick\` takes 2.`,
  );
  say('First the setup: nothing on a checkout that has been tested before, some minutes on a fresh clone.');
}

checkNode();
if (isTest) announce();
if (process.argv.includes('--packages')) {
  installTestPrograms(); // what `cosmos demo --host sim` needs of a checkout that is built already
} else {
  installPackages();
  if (isTest) {
    installTestPrograms(canRunVscode && !isQuick ? VSCODE_PROGRAMS : {}, missingForPython());
    if (!isQuick) installVscode({ say, run });
    buildHoudiniPlugin();
    installPython({ say, run, fail });
  }
  build();
}
