/** The plugin's package files that a Houdini would find at its start, read as Houdini reads them. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { errnoOf } from '../errors.js';
import type { Surroundings } from './preferences.js';

/** Its name in every folder: `load_package_once` compares this name. */
const NAME = 'cosmos_bridge.json';

const PackageFile = z.object({
  /** A string is an expression in Houdini's own small language. */
  enable: z.union([z.boolean(), z.string()]).default(true),
  version: z.string().default('of no version'),
  hpath: z.string(),
});

export interface FoundPackage {
  readonly file: string;
  /** Why the file is not valid; the other fields are then unknown. */
  readonly problem?: string;
  readonly enabled: boolean;
  readonly version: string;
  /** The folder that it adds to Houdini's path. */
  readonly hpath: string;
  readonly hpathExists: boolean;
}

/** In the order of Houdini's documentation (sidefx.com/docs/houdini/ref/plugins): preferences, site, named, installation. */
export async function findPackages(
  preferences: string,
  houdini: string | null,
  { platform, env }: Pick<Surroundings, 'platform' | 'env'>,
): Promise<FoundPackage[]> {
  const site = env.HSITE && houdini !== null ? [path.join(env.HSITE, `houdini${houdini}`, 'packages')] : [];
  const separator = platform === 'win32' ? ';' : /[:;]/;
  const named = (env.HOUDINI_PACKAGE_DIR ?? '').split(separator).filter((folder) => folder !== '');
  const installation = env.HFS ? [path.join(env.HFS, 'packages')] : [];
  const places = new Set([path.join(preferences, 'packages'), ...site, ...named, ...installation]);
  return (await Promise.all([...places].map((place) => readPackage(path.join(place, NAME))))).flat();
}

async function readPackage(file: string): Promise<FoundPackage[]> {
  const unknown = { file, enabled: true, version: '', hpath: '', hpathExists: false };
  try {
    const { enable, version, hpath } = PackageFile.parse(JSON.parse(await readFile(file, 'utf8')));
    const folder = path.resolve(hpath.replaceAll('$HOUDINI_PACKAGE_PATH', path.dirname(file)));
    return [{ file, enabled: enable !== false, version, hpath: folder, hpathExists: await isFolder(folder) }];
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return [];
    return [{ ...unknown, problem: error instanceof SyntaxError ? 'it is no JSON' : 'it is no package file of ours' }];
  }
}

/** Whether it has start-up files for this version of Python ("3.11"). */
export function hasLibsFor(hpath: string, python: string): Promise<boolean> {
  return stat(path.join(hpath, `python${python}libs`, 'uiready.py')).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
