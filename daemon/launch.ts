/**
 * Starts a daemon that outlives whoever asked for it, with an environment that was chosen: the command line of
 * install.json, by which VS Code, Houdini and the login start one. It takes the arguments of the daemon, starts it,
 * and ends at once with 0.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { defaultConfigFile } from './config.js';
import { namedVariables } from './named-variables.js';
import { spawnDetached } from './process.js';

const MAIN = fileURLToPath(new URL('./start.cjs', import.meta.url));

const { values } = parseArgs({ options: { 'state-dir': { type: 'string' }, config: { type: 'string' } } });
const named = namedVariables(values.config ?? process.env.COSMOS_CONFIG ?? defaultConfigFile);
spawnDetached([process.execPath, MAIN, ...process.argv.slice(2)], { purpose: 'daemon', named, coreDumps: false });
