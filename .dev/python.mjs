// The Pythons of the tests. Two that the Houdini plugin is tested with: one with the Qt of Houdini 22 (PySide6), one with
// that of Houdini 20.5 (PySide2), which only Linux distributions still have for a Python of today. And one that judges
// the picture readers, with OpenImageIO.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const houdini = fileURLToPath(new URL('../test/houdini/', import.meta.url));
const picture = fileURLToPath(new URL('../test/daemon/picture/', import.meta.url));
const onWindows = process.platform === 'win32';
const python = onWindows ? 'python' : 'python3';
/** PySide2 is a package of the system, so it belongs to the system's Python. */
const systemPython = '/usr/bin/python3';
const REMEDY = 'Check the network and that Python has venv and pip; then run this again.';

/** What Qt 6's widgets and its offscreen platform load and a bare Debian lacks (`ldd`), by apt package. */
const QT_LIBRARIES = {
  libegl1: 'libEGL.so.1',
  libgl1: 'libGL.so.1',
  libxkbcommon0: 'libxkbcommon.so.0',
  'libdbus-1-3': 'libdbus-1.so.3',
  libfontconfig1: 'libfontconfig.so.1',
  'libglib2.0-0': 'libglib-2.0.so.0',
};
/** Without any font Qt draws text of no size. */
const FONT = { 'fonts-dejavu-core': '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf' };
const PYSIDE2 = ['python3-pyside2.qtcore', 'python3-pyside2.qtgui', 'python3-pyside2.qtwidgets'];

/** `place`: where in `folder`; relative, because the folder of the checkout may have spaces in its name. */
const ENVIRONMENTS = [
  {
    tests: "the Houdini plugin's tests on qt6",
    folder: houdini,
    place: path.join('.venv', 'qt6'),
    interpreter: python,
    flags: [],
    requirements: ['requirements.txt', 'requirements-qt6.txt'],
  },
  {
    tests: "the Houdini plugin's tests on qt5",
    folder: houdini,
    place: path.join('.venv', 'qt5'),
    interpreter: systemPython,
    flags: ['--system-site-packages'],
    requirements: ['requirements.txt'],
    problem: lacksPyside2,
  },
  {
    tests: 'the tests of the picture readers',
    folder: picture,
    place: '.venv',
    interpreter: python,
    flags: [],
    requirements: ['requirements.txt'],
    // Wheels on PyPI: Linux with glibc 2.28 or newer, macOS, Windows on x86-64; CPython 3.11 to 3.14. Not to be compiled.
    pip: ['--only-binary', ':all:'],
    remedy: `${REMEDY} OpenImageIO and OpenEXR have to be had as wheels: CPython 3.11 to 3.14 of 64 bits.`,
  },
];

/** apt packages that the plugin's tests need and this machine lacks; none where there is no apt package to name. */
export function missingForPython() {
  if (process.platform !== 'linux') return [];
  const known = spawnSync('ldconfig', ['-p'], { env: { ...process.env, PATH: `${process.env.PATH}:/sbin:/usr/sbin` } });
  const libraries = Object.keys(QT_LIBRARIES).filter((name) => !known.stdout?.includes(QT_LIBRARIES[name]));
  const fonts = onDebian() ? Object.keys(FONT).filter((name) => !existsSync(FONT[name])) : [];
  return [...libraries, ...fonts, ...(hasPyside2Package() ? missingForQt5() : [])];
}

/** The Python that is first in PATH need not be the system's: its venv has been looked for elsewhere. */
function missingForQt5() {
  const venv = spawnSync(systemPython, ['-c', 'import ensurepip, venv']).status === 0 ? [] : ['python3-venv'];
  return [...venv, ...(lacksPyside2() ? PYSIDE2 : [])];
}

function onDebian() {
  return existsSync('/etc/debian_version');
}

/** Debian 12 has PySide2 for its Python 3.11; where else it is to be had is left to who has it there. */
function hasPyside2Package() {
  return onDebian() && /^12\b/.test(readFileSync('/etc/debian_version', 'utf8'));
}

/** What is missing for the tests on Qt 5, or nothing. */
function lacksPyside2() {
  if (spawnSync(systemPython, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']).status !== 0) {
    return `${systemPython} is not a Python 3.11 or newer`;
  }
  const found = spawnSync(systemPython, ['-c', 'import PySide2.QtWidgets']).status === 0;
  return found ? undefined : `${systemPython} has no PySide2`;
}

/** `run` and `fail` end the setup when something is missing, as in setup.mjs. */
export function installPython({ say, run, fail }) {
  if (spawnSync(python, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']).status !== 0) {
    fail(`${python} is not a Python 3.11 or newer.`, 'Install Python 3.11 or newer: https://www.python.org/downloads/');
  }
  for (const environment of ENVIRONMENTS) {
    const problem = environment.problem?.();
    if (problem === undefined) makeEnvironment(environment, { say, run });
    else leaveOut(environment, problem, say);
  }
}

function leaveOut({ tests, folder, place }, problem, say) {
  rmSync(path.join(folder, place), { recursive: true, force: true });
  say(`${tests[0].toUpperCase()}${tests.slice(1)} are left out: ${problem}.`);
}

function makeEnvironment({ tests, folder, place, interpreter, flags, requirements, pip = [], remedy }, { say, run }) {
  const stamp = path.join(folder, place, '.cosmos-setup');
  const locks = requirements.map((file) => path.join(folder, file));
  const wanted = fingerprint(interpreter, locks);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say(`Making the Python environment of ${tests} (once) ...`);
  run(
    'Python could not make a virtual environment',
    interpreter,
    ['-m', 'venv', '--clear', ...flags, place],
    REMEDY,
    folder,
  );
  const own = path.join(place, onWindows ? 'Scripts' : 'bin', 'python');
  const files = requirements.flatMap((file) => ['-r', file]);
  const quiet = ['--quiet', '--disable-pip-version-check'];
  run(
    'pip could not install the packages',
    own,
    ['-m', 'pip', 'install', ...quiet, ...pip, '--require-hashes', ...files],
    remedy ?? REMEDY,
    folder,
  );
  writeFileSync(stamp, wanted);
}

/** The locked packages and the very Python decide what is installed. */
function fingerprint(interpreter, locks) {
  const made = spawnSync(interpreter, ['-c', 'import sys; print(sys.version, sys.base_prefix)']).stdout;
  return locks.reduce((hash, file) => hash.update(readFileSync(file)), createHash('sha256').update(made)).digest('hex');
}
