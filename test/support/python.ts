/** A Python with the packages of test/requirements.txt, made once and kept beside the npm packages. */
import { type ExecFileException, execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = path.join(root, 'node_modules', '.cache');
const folder = path.join(cache, 'cosmos-python');
const requirements = path.join(root, 'test', 'requirements.txt');
/** Says with which requirements the folder was made; written last. */
const stamp = path.join(folder, 'requirements.txt');

const onWindows = process.platform === 'win32';
const systemPython = onWindows ? 'python' : 'python3';

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script to its end; `onStart` gets its process id. Makes the virtual environment first when it is missing. */
export async function runPython(args: readonly string[]): Promise<Outcome> {
  return run(await python(), args);
}

/** Path of the interpreter. Throws with the exact remedy when Python, venv or a package cannot be had. */
async function python(): Promise<string> {
  const interpreter = path.join(folder, onWindows ? 'Scripts/python.exe' : 'bin/python');
  if (!isCurrent()) await make(interpreter);
  return interpreter;
}

function isCurrent(): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(requirements, 'utf8');
}

async function make(interpreter: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  await must(systemPython, ['-m', 'venv', folder], VENV_REMEDY);
  await must(interpreter, ['-m', 'pip', 'install', '--quiet', '-r', requirements], PIP_REMEDY);
  writeFileSync(`${stamp}.part`, readFileSync(requirements));
  renameSync(`${stamp}.part`, stamp);
}

const VENV_REMEDY =
  'This test needs Python 3.9 or newer with venv. On Debian or Ubuntu: sudo apt-get install python3 python3-venv. ' +
  'Elsewhere: https://www.python.org/downloads/.';
const PIP_REMEDY = 'The packages of test/requirements.txt could not be installed from PyPI; check the network.';

async function must(file: string, args: readonly string[], remedy: string): Promise<void> {
  const { exitCode, stderr } = await run(file, args);
  if (exitCode !== 0) throw new Error(`${remedy}\n${file} ${args.join(' ')}: ${stderr.trim()}`);
}

/** Never rejects: a program that does not exist is an outcome too. */
function run(file: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(file, args, { env: { ...process.env, PYTHONIOENCODING: 'utf-8' } }, (error, stdout, stderr) => {
      resolve({ exitCode: exitCodeOf(error), stdout, stderr: stderr === '' ? (error?.message ?? '') : stderr });
    });
  });
}

function exitCodeOf(error: ExecFileException | null): number {
  if (error === null) return 0;
  return typeof error.code === 'number' ? error.code : 127;
}
