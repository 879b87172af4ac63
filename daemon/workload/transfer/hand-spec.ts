/** Reads specs written by hand, and keeps them within the folder that they may read from. */
import path from 'node:path';
import { damageIn, type FrozenFile, placeIn } from '../../../schemas/index.js';
import { filesIn } from '../../../schemas/spec/dialect.js';
import { signatureOf } from '../../contents/signature.js';
import { CosmosError, errnoOf } from '../../errors.js';
import { disks } from '../../foreign/all-disks.js';
import { refusalOf } from '../../foreign/file-type.js';
import { namesIn } from '../../foreign/folder.js';
import { KINDS } from '../../foreign/kinds.js';
import { lookAt } from '../../foreign/open.js';
import { Refusal } from '../../foreign/refusal.js';
import { isInside } from '../../local-path.js';
import { nearest } from '../../near.js';
import { readPrompt, readText } from '../../text/read.js';
import { checkSpec } from '../dialects/check.js';
import { readSole } from '../dialects/samples.js';
import type { HandSpec } from './settings.js';

interface Rooted {
  /** The spec. */
  readonly file: string;
  /** Folder that it may read below; null = a person has submitted it, and it may read what that person may. */
  readonly root: string | null;
}

/**
 * @param root folder that the spec may read below; null = anywhere.
 * @throws CosmosError not_found with the nearest file, or spec_invalid when it is no JSON object or reads elsewhere.
 */
export async function readHandSpec(file: string, root: string | null): Promise<HandSpec> {
  const text = await readSpecText(file, root);
  const damage = damageIn(text);
  if (damage !== null) {
    const { line, column } = placeIn(text, damage.offset);
    throw new CosmosError(
      'spec_invalid',
      `${file}:${line}:${column}: the text holds ${damage.says}; write it again there and save it as UTF-8.`,
      { file, line, column },
    );
  }
  const sole = readSole(file, text);
  if (sole === null) {
    const { issues } = checkSpec(file, text);
    const first = issues[0];
    const where = first === undefined ? file : `${file}:${first.line}:${first.column}`;
    throw new CosmosError('spec_invalid', `${where}: ${first?.message ?? 'this is no spec'}.`, { issues });
  }
  const spec = { file, ...sole, prompt: null };
  return { ...spec, prompt: await promptOf(spec, root) };
}

async function readSpecText(file: string, root: string | null): Promise<string> {
  try {
    return await readText(file, 'spec_invalid', { kind: KINDS.spec, root });
  } catch (cause) {
    if (cause instanceof CosmosError) throw cause;
    if (errnoOf(cause) !== 'ENOENT') throw new CosmosError('not_found', `${file} cannot be read.`, { file }, { cause });
    const near = await nearestFile(file);
    const hint = near === null ? '' : ` Did you mean ${near}?`;
    const data = { file, near: near === null ? [] : [near] };
    throw new CosmosError('not_found', `There is no file ${file}.${hint}`, data, { cause });
  }
}

/** The file beside a missing one whose name is nearest; null when there is none, or no such folder. */
async function nearestFile(file: string): Promise<string | null> {
  const folder = path.dirname(file);
  const { names } = await namesIn(folder).catch(() => ({ names: [] })); // no such folder: nothing is near
  const [name] = nearest(path.basename(file), names, 1);
  return name === undefined ? null : path.join(folder, name);
}

/** prompt wins over prompt_path, as in both of NVIDIA's readers (transfer2.5 config.py:342-344). */
async function promptOf({ file, object }: HandSpec, root: string | null): Promise<string | null> {
  if (typeof object.prompt === 'string') return object.prompt;
  if (typeof object.prompt_path !== 'string') return null;
  const named = await locateInput({ file, root }, object.prompt_path);
  return readPrompt(named, 'spec_invalid', root);
}

/**
 * The absolute path of a file that a spec names.
 * @throws CosmosError spec_invalid when it does not exist, is no file, or lies outside of what the spec may read.
 */
export async function locateInput({ file, root }: Rooted, named: string): Promise<string> {
  const absolute = path.resolve(path.dirname(file), named);
  const { real, stats } = await lookAt(absolute, { root: null }).catch((cause: unknown) => {
    if (cause instanceof CosmosError && !(cause instanceof Refusal)) throw cause;
    const message = `${file}: ${cause instanceof Refusal ? cause.as('spec_invalid', named).message : `there is no file ${named}.`}`;
    throw new CosmosError('spec_invalid', message, { file, missing: named }, { cause });
  });
  await requireInside({ file, root }, named, real);
  if (!stats.isFile()) throw refusalOf(named, stats).as('spec_invalid', `${file}: ${named}`);
  return absolute;
}

/**
 * A spec from a watched folder may read only below that folder: more people can write there than may read elsewhere.
 * @param real path of the named file with every link resolved.
 * @throws CosmosError spec_invalid
 */
async function requireInside({ file, root }: Rooted, named: string, real: string): Promise<void> {
  if (root === null || isInside(real, (await disks.whereabouts(root)).real)) return;
  const message = `${file} reads ${named}, which is outside the watched folder ${root}; copy the file into it.`;
  throw new CosmosError('spec_invalid', message, { file, outside: named });
}

/** Signatures of every file the spec names, except those that stand for passes of the clip. */
export async function signInputs(spec: HandSpec, root: string | null, isPass: (named: string) => boolean) {
  const files: FrozenFile[] = [];
  for (const { value } of filesIn(spec.object, spec.dialect)) {
    if (!isPass(value)) files.push(await signatureOf(await locateInput({ file: spec.file, root }, value), root));
  }
  return files;
}
