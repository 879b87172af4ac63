// The VS Code that the extension's tests run in: code-server, in test/vscode, a package of its own with its own lock.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../test/vscode/', import.meta.url));
/** The extension is tested as people install it; this packs it. */
const extension = fileURLToPath(new URL('../extension/', import.meta.url));
const server = path.join(folder, 'node_modules/code-server/lib/vscode');
const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
const REMEDY = 'Check the network; then run this again.';
/** Links that code-server's own postinstall makes: folder, script, name it is called by. */
const LINKS = [
  ['remote-cli', 'code-linux.sh', 'code-server'],
  ['helpers', 'browser-linux.sh', 'browser.sh'],
];

/** The Node that code-server needs comes as a package for this platform only. */
export const canRunVscode = process.platform === 'linux' && process.arch === 'x64';

/** `run(what, command, args, remedy, cwd)` ends the setup when the command fails. */
export function installVscode({ say, run }) {
  if (!canRunVscode) {
    say(
      `The tests in VS Code are left out: code-server's Node is there for linux-x64 only, and this is ${process.platform}-${process.arch}. \`npm run test:electron\` runs those inside the extension host here.`,
    );
    return;
  }
  const wanted = [folder, extension]
    .reduce((hash, place) => hash.update(readFileSync(path.join(place, 'package-lock.json'))), createHash('sha256'))
    .digest('hex');
  const stamp = path.join(folder, 'node_modules', '.cosmos-setup');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Installing the VS Code that the tests of the extension run in (once; 900 MB) ...');
  rmSync(stamp, { force: true });
  run('npm could not install code-server', 'npm', ['ci', ...QUIET], REMEDY, folder);
  // What code-server's postinstall does, without compiling: its prebuilt modules serve. Not `npm ci`: the
  // npm-shrinkwrap.json that code-server publishes misses an entry, which only `npm install` forgives.
  for (const cwd of [server, path.join(server, 'extensions')]) {
    run('npm could not install what code-server needs', 'npm', ['install', '--omit=dev', ...QUIET], REMEDY, cwd);
  }
  run('npm could not install vsce', 'npm', ['ci', ...QUIET], REMEDY, extension);
  for (const [place, script, name] of LINKS) {
    rmSync(path.join(server, 'bin', place, name), { force: true });
    symlinkSync(script, path.join(server, 'bin', place, name));
  }
  writeFileSync(stamp, wanted);
}
