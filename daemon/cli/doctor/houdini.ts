/** Checks which plugin each Houdini on this computer would load. */
import { homedir } from 'node:os';
import { CosmosError } from '../../errors.js';
import { type FoundPackage, findPackages, hasLibsFor } from '../../houdini/packages.js';
import { findPreferences, type Preferences, type Surroundings } from '../../houdini/preferences.js';
import { readReceipt } from '../../houdini/receipt.js';
import { pythonOf, supportOf } from '../../houdini/versions.js';
import type { Finding } from './finding.js';

const INSTALL = 'cosmos houdini install';

/** @param version of this command */
export async function checkHoudini(
  version: string,
  { platform, env, home }: Surroundings = { platform: process.platform, env: process.env, home: homedir() },
): Promise<Finding[]> {
  const found = await findPreferences({ platform, env, home });
  if (found.length > 0) return Promise.all(found.map((each) => checkOne(each, version, { platform, env })));
  const message = `no preference folder found; one elsewhere: ${INSTALL} --prefs FOLDER`;
  return [{ name: 'Houdini', level: 'ok', message }];
}

async function checkOne(
  { houdini, folder }: Preferences,
  version: string,
  surroundings: Pick<Surroundings, 'platform' | 'env'>,
): Promise<Finding> {
  const name = `Houdini ${houdini ?? folder}`;
  if (!(await isComplete(folder))) return { name, ...fail('an installation was cut off', `Do it again: ${INSTALL}`) };
  const [first, ...others] = await findPackages(folder, houdini, surroundings);
  if (first === undefined) return { name, level: 'ok', message: notInstalled(houdini) };
  const problem = await problemOf(first, others, houdini === null ? undefined : pythonOf(houdini), version);
  return { name, ...(problem ?? { level: 'ok', message: `plugin ${first.version}  ${first.hpath}` }) };
}

function notInstalled(houdini: string | null): string {
  const isTooOld = houdini !== null && supportOf(houdini) === 'older';
  return isTooOld ? 'too old for the plugin' : `the plugin is not installed (${INSTALL})`;
}

type Problem = Omit<Finding, 'name'>;

/** The first reason why a Houdini with this Python loads no plugin, another one, or one of several. */
async function problemOf(
  found: FoundPackage,
  others: readonly FoundPackage[],
  python: string | undefined,
  version: string,
): Promise<Problem | undefined> {
  const repair = `Repair it: ${INSTALL}`;
  if (found.problem !== undefined) return fail(`${found.file}: ${found.problem}`, `Delete it; then: ${INSTALL}`);
  if (!found.enabled) return warn(`switched off in ${found.file}`, 'Take "enable": false out of it.');
  if (!found.hpathExists) return fail(`${found.file} leads to ${found.hpath}, which is not there`, repair);
  if (python !== undefined && !(await hasLibsFor(found.hpath, python)))
    return fail(`${found.hpath} has nothing for Python ${python}`, repair);
  const [other] = others;
  if (other !== undefined)
    return warn(`two plugins: ${found.file} and ${other.file}; only one is loaded`, 'Keep one of them.');
  if (found.version === version) return undefined;
  return warn(`plugin ${found.version}, but this command is ${version}`, `Bring it up to date: ${INSTALL}`);
}

/** Without a receipt the plugin was copied there by hand, which works as well. */
async function isComplete(folder: string): Promise<boolean> {
  try {
    return (await readReceipt(folder))?.complete ?? true;
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    return false; // a receipt that is damaged
  }
}

function fail(message: string, remedy: string): Problem {
  return { level: 'fail', message, remedy };
}

function warn(message: string, remedy: string): Problem {
  return { level: 'warn', message, remedy };
}
