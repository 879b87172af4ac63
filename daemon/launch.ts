/**
 * Starts a daemon that outlives its caller, with a chosen environment: the command line of
 * install.json, by which VS Code, Houdini and the login start one. It takes the arguments of the daemon, starts it,
 * and exits at once with 0. Exits with 1 and a sentence when the configuration is not valid: the daemon has no terminal.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { defaultConfigFile, loadConfig } from './config.js';
import { namedVariables } from './named-variables.js';
import { spawnDetached } from './process.js';

const MAIN = fileURLToPath(new URL('./start.cjs', import.meta.url));

const { values } = parseArgs({ options: { 'state-dir': { type: 'string' }, config: { type: 'string' } } });
try {
  loadConfig(values.config);
  const named = namedVariables(values.config ?? process.env.COSMOS_CONFIG ?? defaultConfigFile);
  spawnDetached([process.execPath, MAIN, ...process.argv.slice(2)], { purpose: 'daemon', named, coreDumps: false });
} catch (error) {
  process.stderr.write(`Error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
