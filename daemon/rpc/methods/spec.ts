import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Clip } from '../../../schemas/index.js';
import { CosmosError, errnoOf } from '../../errors.js';
import type { Handlers, HandlersOf } from '../call.js';

export const specHandlers: HandlersOf<'spec'> & Pick<Handlers, 'estimate.get'> = {
  async 'spec.check'({ file, text, engine }, { services }) {
    return { report: services.specs.check(file, text ?? (await specText(file)), engine) };
  },

  'spec.compile': ({ target, options }, { services }) => services.submissions.compile(target, options),

  /** Saved as it is, even with errors: it is what the person wrote, and the report says what is wrong. */
  async 'spec.save'({ clip: reference, text }, { services }) {
    const file = specFileOf(services.folders.resolve(reference));
    await writeFileAtomic(file, text);
    return { path: file, report: services.specs.check(file, text) };
  },

  async 'estimate.get'({ target, options, ...assumed }, { services }) {
    if (target === undefined) return { estimate: services.estimates.get(assumed) };
    const { estimate } = await services.submissions.compile(target, { ...options, engine: assumed.engine });
    if (estimate !== null) return { estimate };
    throw new CosmosError('not_found', `Nothing can be estimated for "${target}": its length is not known.`);
  },
};

/** The daemon's working folder means nothing to a client, so only absolute paths name a file. */
async function specText(file: string): Promise<string> {
  if (!path.isAbsolute(file)) {
    throw new CosmosError('invalid_params', `"${file}" is not an absolute path; send one, or the text with it.`);
  }
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why =
      errnoOf(error) === 'ENOENT' ? 'does not exist' : `cannot be read (${errnoOf(error) ?? 'unknown error'})`;
    throw new CosmosError('not_found', `The spec ${file} ${why}.`, { file }, { cause: error });
  }
}

/** The hand-written spec that is there; else `<name>.cosmos.json`, in the clip's folder or beside its movie. */
function specFileOf({ specFile, path: clipPath, name }: Clip): string {
  if (specFile !== null) return specFile;
  const isMovie = path.extname(clipPath) !== '' && path.basename(clipPath) !== name;
  return path.join(isMovie ? path.dirname(clipPath) : clipPath, `${name}.cosmos.json`);
}
