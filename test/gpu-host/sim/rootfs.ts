/** Which files of this machine make the image: Python and its standard library, ffmpeg, a shell and small tools. */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { must } from '../execute.js';
import { sharedLibraries } from './shared-libraries.js';
import { checkoutFolder, simFolder } from './sources.js';

/** One entry of the image. `target` is absolute; a link holds what it points to. */
export type Entry =
  | { readonly target: string; readonly source: string }
  | { readonly target: string; readonly link: string }
  | { readonly target: string; readonly folder: true; readonly mode: number }
  | { readonly target: string; readonly text: string };

/** What scripts that run in a container may expect of an Ubuntu image. */
const TOOLS = [
  ...[
    'sh',
    'bash',
    'env',
    'cat',
    'mv',
    'cp',
    'ln',
    'ls',
    'rm',
    'mkdir',
    'touch',
    'sleep',
    'true',
    'tail',
    'head',
    'tee',
    'base64',
  ],
  ...[
    'cut',
    'sort',
    'wc',
    'tr',
    'od',
    'stat',
    'date',
    'id',
    'uname',
    'nproc',
    'du',
    'df',
    'dd',
    'chmod',
    'chown',
    'sync',
  ],
  ...[
    'sed',
    'grep',
    'awk',
    'find',
    'setsid',
    'flock',
    'mktemp',
    'readlink',
    'dirname',
    'basename',
    'sha256sum',
    'timeout',
  ],
];
const FONT = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';
/** Of the standard pythonFiles: what no program here imports, and what Debian keeps there beside it. */
const UNUSED = /^(test|idlelib|tkinter|turtledemo|lib2to3|ensurepip|pydoc_data|config-.*|__pycache__|.*-packages)$/;

/** Entries in the order of a tar: folders before what is in them is not needed, Docker makes those. */
export async function rootfs(): Promise<Entry[]> {
  const programs = await Promise.all([...TOOLS, 'ffmpeg', 'ffprobe', 'python3'].map(programFile));
  const pythonFiles = await pythonLibrary();
  const modules = pythonFiles.filter((file) => file.endsWith('.so'));
  const libraries = await sharedLibraries([...programs.map(({ source }) => source), ...modules]);
  const system = [...libraries, ...pythonFiles, ...(await fonts())].map((file) => ({
    target: merged(file),
    source: file,
  }));
  return [...SKELETON, ...programs, ...system, ...(await simEntries())];
}

const SKELETON: readonly Entry[] = [
  ...['bin', 'sbin', 'lib', 'lib64'].map((name) => ({ target: `/${name}`, link: `usr/${name}` })),
  ...['proc', 'sys', 'dev', 'etc', 'root', 'workspace'].map((name) => folder(`/${name}`, 0o755)),
  folder('/tmp', 0o1777),
  { target: '/etc/passwd', text: 'root:x:0:0:root:/root:/bin/bash\n' },
  { target: '/etc/group', text: 'root:x:0:\n' },
  { target: '/usr/bin/python', link: 'python3' },
];

function folder(target: string, mode: number): Entry {
  return { target, folder: true, mode };
}

/** Debian and Ubuntu keep /lib and /bin below /usr; ldd names either. */
function merged(file: string): string {
  return /^\/(bin|sbin|lib|lib64)\//.test(file) ? `/usr${file}` : file;
}

/** The program behind any links (alternatives), under its plain name; what a shell has built in is a file as well. */
async function programFile(name: string): Promise<{ target: string; source: string }> {
  const file = (await must(['bash', '-c', 'type -P "$1"', 'bash', name])).trim();
  return { target: `/usr/bin/${name}`, source: realpathSync(file) };
}

async function pythonLibrary(): Promise<string[]> {
  const root = (await must(['python3', '-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))'])).trim();
  return filesBelow(root, (name) => !UNUSED.test(name));
}

async function fonts(): Promise<string[]> {
  return statSync(FONT, { throwIfNoEntry: false }) === undefined ? [] : [FONT]; // then a red bar marks the frames
}

async function simEntries(): Promise<Entry[]> {
  const version = (await must(['python3', '-c', 'import sys; print("%d.%d" % sys.version_info[:2])'])).trim();
  const put = (from: string, to: string) =>
    filesBelow(from, (name) => name !== '__pycache__').map((file) => ({
      target: path.posix.join(to, path.relative(from, file)),
      source: file,
    }));
  return [
    ...put(path.join(simFolder, 'cosmos_sim'), '/opt/cosmos-sim/cosmos_sim'),
    ...put(checkoutFolder, '/workspace'),
    { target: '/usr/bin/torchrun', source: path.join(simFolder, 'bin', 'torchrun') },
    { target: ENTRYPOINT, source: path.join(checkoutFolder, 'bin', 'entrypoint.sh') },
    // Importable whatever is mounted at /workspace, as an installed package would be.
    { target: `/usr/local/lib/python${version}/dist-packages/cosmos-sim.pth`, text: '/opt/cosmos-sim\n' },
  ];
}

export const ENTRYPOINT = '/opt/cosmos-sim/entrypoint.sh';

function filesBelow(root: string, wanted: (name: string) => boolean): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter(({ name }) => wanted(name))
    .flatMap((item) => {
      const file = path.join(root, item.name);
      return statSync(file).isDirectory() ? filesBelow(file, wanted) : [file];
    })
    .sort();
}
