/** Reads and writes install.json of the config folder: the command line with which clients start a daemon. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Install } from '../../schemas/discovery.js';
import { CosmosError, errnoOf } from '../errors.js';
import { isSamePath } from '../local-path.js';
import { configDir, type StateDir } from '../state-dir.js';

export const INSTALL_FILE = 'install.json';
export type Argv = readonly [string, ...string[]];

const MAIN = fileURLToPath(new URL('../start.cjs', import.meta.url));
/** The launcher chooses the environment of the daemon, for clients that cannot. */
const LAUNCHER = fileURLToPath(new URL('../launch.js', import.meta.url));

/** Folder of install.json: that of the named configuration file, else the user's config folder. */
export function installFile(config: string | undefined): string {
  return path.join(config === undefined ? configDir : path.dirname(config), INSTALL_FILE);
}

/** Arguments of a daemon for this state folder. */
export function daemonArgs(stateDir: StateDir, config: string | undefined): string[] {
  return ['--state-dir', stateDir.root, ...(config === undefined ? [] : ['--config', config])];
}

/** The command line of this installation for a daemon in the foreground. */
export function ownArgv(stateDir: StateDir, config: string | undefined): Argv {
  return [process.execPath, MAIN, ...daemonArgs(stateDir, config)];
}

/** The command line with which clients start a daemon of this installation in the background. */
export function launcherArgv(stateDir: StateDir, config: string | undefined): Argv {
  return [process.execPath, LAUNCHER, ...daemonArgs(stateDir, config)];
}

/** The installed command line when it serves this state folder, else this installation's own. */
export function daemonArgv(stateDir: StateDir, config: string | undefined): Argv {
  const installed = readInstall(installFile(config));
  const fits =
    installed !== undefined &&
    isSamePath(installed.stateDir, stateDir.root) &&
    (config === undefined || installed.config === config);
  const [file, ...args] = fits ? installed.argv.map(launched) : [];
  return file === undefined ? ownArgv(stateDir, config) : [file, ...args];
}

/**
 * One word of the command line, with the daemon in place of its launcher: this command chooses the environment itself,
 * and has to see the daemon end.
 */
function launched(word: string, at: number): string {
  const isLauncher = at === 1 && path.basename(word) === path.basename(LAUNCHER);
  return isLauncher ? path.join(path.dirname(word), path.basename(MAIN)) : word;
}

/** @throws CosmosError config_invalid when the file exists and is not an install.json. */
export function readInstall(file: string): Install | undefined {
  try {
    return Install.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    const message = `${file} is damaged; write it again with: cosmos daemon install.`;
    throw new CosmosError('config_invalid', message, { file }, { cause: error });
  }
}
