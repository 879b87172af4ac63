/** A Python with the packages of test/requirements.txt, made once and kept beside the npm packages. */
import { type ExecFileException, execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = path.join(root, 'node_modules', '.cache');
const folder = path.join(cache, 'cosmos-python');
const requirements = path.join(root, 'test', 'requirements.txt');
/** Says with which requirements the folder was made. */
const stamp = path.join(folder, 'requirements.txt');

const onWindows = process.platform === 'win32';
const systemPython = onWindows ? 'python' : 'python3';

interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script to its end; `onStart` gets its process id. Makes the virtual environment first when it is missing. */
export async function runPython(args: readonly string[]): Promise<ProgramResult> {
  return run(await python(), args);
}

/** Path of the interpreter. Throws with the exact remedy when Python, venv or a package cannot be had. */
async function python(): Promise<string> {
  if (!isCurrent()) await make();
  return interpreterIn(folder);
}

function interpreterIn(environment: string): string {
  return path.join(environment, onWindows ? 'Scripts/python.exe' : 'bin/python');
}

function isCurrent(): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(requirements, 'utf8');
}

/** Workers of vitest may make it at the same time, so each makes one of its own, and the first one's is used. */
async function make(): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const own = mkdtempSync(`${folder}-`);
  await must(systemPython, ['-m', 'venv', own], VENV_REMEDY);
  await must(interpreterIn(own), ['-m', 'pip', 'install', '--quiet', '-r', requirements], PIP_REMEDY);
  copyFileSync(requirements, path.join(own, path.basename(stamp)));
  if (existsSync(folder) && !isCurrent()) rmSync(folder, { recursive: true });
  try {
    renameSync(own, folder); // nothing in it but the programs we do not use knows where it lies
  } catch (error) {
    rmSync(own, { recursive: true });
    if (!isCurrent()) throw error;
  }
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
function run(file: string, args: readonly string[]): Promise<ProgramResult> {
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
