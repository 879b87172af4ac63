// Makes dist/houdini/: the plugin as it is copied into a Houdini preference folder, with the Python it brings along.
// `--zip FILE` packs it as well. Needs python3 with pip; the wheel is fetched once and kept in node_modules/.cache.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = path.join(here, '../dist/houdini');
/** Beside its package file, where $HOUDINI_PACKAGE_PATH points to. */
const plugin = path.join(out, 'packages/cosmos_bridge');
const vendor = path.join(plugin, 'scripts/python/cosmos_bridge/vendor');
/** Of the Houdinis that are supported (daemon/houdini/versions.ts). Each runs what lies in the folder of its own Python. */
const PYTHONS = ['3.11', '3.13'];
const requirements = path.join(here, 'vendor.txt');
const python = process.platform === 'win32' ? 'python' : 'python3';
const { values } = parseArgs({ options: { zip: { type: 'string' } } });
const say = (text) => process.stderr.write(`${text}\n`);

const wheel = unpackedWheel();
rmSync(out, { recursive: true, force: true });
cpSync(path.join(here, 'cosmos_bridge'), plugin, { recursive: true, filter: isShipped });
for (const version of PYTHONS) {
  cpSync(path.join(here, 'start_up'), path.join(plugin, `python${version}libs`), {
    recursive: true,
    filter: isShipped,
  });
}
cpSync(path.join(here, 'INSTALL.txt'), path.join(plugin, 'README.txt'));
addWebsocketClient();
cpSync(path.join(here, 'packages'), path.join(out, 'packages'), { recursive: true }); // last: by it the tree counts as built
const sizes = filesBelow(out).map((file) => statSync(file).size);
say(`dist/houdini: ${sizes.length} files, ${kilobytes(sizes.reduce((sum, size) => sum + size, 0))}`);
if (values.zip !== undefined) zip(path.resolve(values.zip));

/** What Python and tools leave beside the sources stays here. */
function isShipped(file) {
  return !/^(__pycache__|\..*_cache|.*\.pyc)$/.test(path.basename(file));
}

/** Folder of the unpacked wheel, fetched when vendor.txt names another one than last time. */
function unpackedWheel() {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16);
  const cache = path.join(here, '../node_modules/.cache/cosmos-houdini');
  const folder = path.join(cache, wanted);
  if (existsSync(folder)) return folder;
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const download = ['download', '--quiet', '--require-hashes', '--no-deps', '--only-binary', ':all:'];
  const pip = [...pipCommand(cache), ...download, '-r', requirements, '-d', part];
  run(pip, 'Check the network; then run it by hand to see more.');
  const file = path.join(part, readdirSync(part)[0]);
  run([python, '-m', 'zipfile', '-e', file, part], 'Remove that folder; then run this again.');
  rmSync(file);
  renameSync(part, folder);
  return folder;
}

/** Debian gives python3 without pip, but venv brings one along. */
function pipCommand(cache) {
  if (spawnSync(python, ['-m', 'pip', '--version']).status === 0) return [python, '-m', 'pip'];
  const folder = path.join(cache, 'pip');
  run(
    [python, '-m', 'venv', folder],
    'Install Python 3 with pip or venv (Debian, Ubuntu: apt-get install python3-venv).',
  );
  return [path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'), '-m', 'pip'];
}

/** The package without its tests and its command-line program; its modules import one another relatively. */
function addWebsocketClient() {
  const isWanted = (file) => isShipped(file) && !/^(tests|_wsdump\.py)$/.test(path.basename(file));
  cpSync(path.join(wheel, 'websocket'), path.join(vendor, 'websocket'), { recursive: true, filter: isWanted });
  const licence = filesBelow(wheel).find((file) => /\.dist-info.*LICENSE$/.test(file));
  cpSync(licence, path.join(vendor, 'websocket/LICENSE'));
}

function zip(file) {
  rmSync(file, { force: true });
  mkdirSync(path.dirname(file), { recursive: true });
  run([python, '-m', 'zipfile', '-c', file, 'packages'], 'Free some space; then run this again.', out);
  say(`${path.relative(process.cwd(), file)}: ${kilobytes(statSync(file).size)}`);
}

function run([program, ...args], remedy, cwd = here) {
  const { status, error } = spawnSync(program, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  say(`\nThe Houdini plugin could not be built: this command failed${error ? ` (${error.message})` : ''}.`);
  say(`  ${[program, ...args].join(' ')}\n  ${remedy}\n`);
  process.exit(1);
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());
}

function kilobytes(bytes) {
  return `${Math.round(bytes / 1000)} kB`;
}
