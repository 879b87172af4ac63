/** install.json of the config folder: the command line with which clients start a daemon. */
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
/** Starts it with an environment of its own, for clients that have none to choose. */
const LAUNCHER = fileURLToPath(new URL('../launch.js', import.meta.url));

/** Folder of install.json: that of the named configuration file, else the user's config folder. */
export function installFile(config: string | undefined): string {
  return path.join(config === undefined ? configDir : path.dirname(config), INSTALL_FILE);
}

/** Arguments of a daemon for this state folder. */
export function daemonArgs(stateDir: StateDir, config: string | undefined): string[] {
  return ['--state-dir', stateDir.root, ...(config === undefined ? [] : ['--config', config])];
}

/** This very installation's command line for a daemon in the foreground. */
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

/** This command chooses the environment by itself, and wants to see the daemon end: so it starts what the launcher would. */
function launched(word: string, at: number): string {
  const isLauncher = at === 1 && path.basename(word) === path.basename(LAUNCHER);
  return isLauncher ? path.join(path.dirname(word), path.basename(MAIN)) : word;
}

/** @throws CosmosError config_invalid when the file is there and no install.json. */
export function readInstall(file: string): Install | undefined {
  try {
    return Install.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    const message = `${file} is damaged; write it again with: cosmos daemon install.`;
    throw new CosmosError('config_invalid', message, { file }, { cause: error });
  }
}
