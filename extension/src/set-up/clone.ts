/** The clone of the Cosmos Bridge repository. It is recognised by its package.json. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { fileStats } from '../file-stats.js';

export interface Clone {
  readonly folder: string;
  /** Path of the program `cosmos`, which the build creates. */
  readonly main: string;
  readonly isBuilt: boolean;
  /** The build script, which works from any current folder. */
  readonly setup: string;
}

/** Builds a new clone; needs only Node. */
const SETUP = path.join('.dev', 'setup.mjs');
/** Number of subfolders that are searched, because the user may choose the folder that contains the clone. */
const MOST_INSIDE = 200;

/** A clone, or a sentence why the folder is none. */
export function readClone(folder: string): Clone | string {
  const file = path.join(folder, 'package.json');
  const facts = readPackage(file);
  if (typeof facts === 'string') return facts;
  const { name, main } = facts;
  if (name !== 'cosmos-bridge' || main === undefined) {
    return l10n.t(
      '{0} is the folder of another project ({1}); that of Cosmos Bridge has a package.json with the name cosmos-bridge and the program cosmos.',
      folder,
      name ?? l10n.t('without a name'),
    );
  }
  const program = path.resolve(folder, main);
  const isBuilt = isFile(program) && isThere(path.join(folder, 'node_modules'));
  if (!isBuilt && !isFile(path.join(folder, SETUP))) {
    return l10n.t('{0} is a part of Cosmos Bridge only: {1} is not there, which sets it up.', folder, SETUP);
  }
  return { folder, main: program, isBuilt, setup: path.join(folder, SETUP) };
}

/** The clone that the user chose or meant: the folder, one around it or one in it, but never one of another account. */
export function chosenClone(folder: string): Clone | string {
  const found = readClone(folder);
  if (typeof found !== 'string') return found;
  return cloneAbove(folder, isOfThisPerson) ?? cloneInside(folder) ?? found;
}

/**
 * The nearest clone at or above a folder.
 * @param isOurs whether code in a folder may run: above a trusted folder there may be a folder of another account.
 */
export function cloneAbove(folder: string, isOurs: (folder: string) => boolean): Clone | undefined {
  const found = isOurs(folder) ? readClone(folder) : undefined;
  if (found !== undefined && typeof found !== 'string') return found;
  const above = path.dirname(folder);
  return above === folder ? undefined : cloneAbove(above, isOurs);
}

/**
 * Whether a folder and its package.json belong to this account. On Windows the rights of the folder keep others out.
 */
export function isOfThisPerson(folder: string): boolean {
  const me = process.getuid?.();
  const files = [folder, path.join(folder, 'package.json')];
  return me === undefined || files.every((file) => fileStats(file)?.uid === me);
}

function cloneInside(folder: string): Clone | undefined {
  let names: string[];
  try {
    names = readdirSync(folder).slice(0, MOST_INSIDE);
  } catch {
    return undefined;
  }
  const ours = names.map((name) => path.join(folder, name)).filter(isOfThisPerson);
  const clones = ours.map(readClone).filter((found) => typeof found !== 'string');
  return clones.length === 1 ? clones[0] : undefined; // with two clones it is not known which is meant
}

function readPackage(file: string): { name: string | undefined; main: string | undefined } | string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return l10n.t('{0} is not the folder of Cosmos Bridge: it has no package.json.', path.dirname(file));
  }
  try {
    const { name, bin } = JSON.parse(text) as { name?: unknown; bin?: { cosmos?: unknown } };
    const main = bin?.cosmos;
    return {
      name: typeof name === 'string' ? name : undefined,
      main: typeof main === 'string' ? main : undefined,
    };
  } catch (error) {
    return l10n.t('{0} is damaged: {1}.', file, error instanceof Error ? error.message : String(error));
  }
}

function isFile(file: string): boolean {
  return fileStats(file)?.isFile() ?? false;
}

function isThere(file: string): boolean {
  return fileStats(file) !== undefined;
}
