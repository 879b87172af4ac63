/** Handlers of the `spec` methods and of `estimate.get`. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Clip, EngineName, type Estimate } from '../../../schemas/index.js';
import { CosmosError, errnoOf } from '../../errors.js';
import { giveUsualMode } from '../../usual-mode.js';
import { isMovie } from '../../watch/names.js';
import { specNames } from '../../watch/spec-file.js';
import { writeFileAtomic } from '../../write-file.js';
import type { Handlers, HandlersOf } from '../call.js';
import type { EstimateService } from '../services.js';

export const specHandlers: HandlersOf<'spec'> & Pick<Handlers, 'estimate.get'> = {
  async 'spec.check'({ file, text, ...wish }, { services: { specs } }) {
    if (text !== undefined) return specs.check(file, text, wish);
    return onDisk(file, () => specs.checkFile(file, wish));
  },

  'spec.translate': ({ file, text, to }, { services }) => services.specs.translate(file, text, to),

  'spec.compile': ({ target, options }, { services }) => services.submissions.compile(target, options),

  'spec.controls': (params, { services }) => services.submissions.controls(params),

  /** The text is saved even with errors, so that nothing the person wrote is lost; the report says what is wrong. */
  async 'spec.save'({ clip: reference, text }, { services }) {
    const file = specFileOf(services.folders.resolve(reference));
    const isNew = !existsSync(file);
    await writeFileAtomic(file, text);
    if (isNew) giveUsualMode(file);
    const { report } = await services.specs.check(file, text);
    return { path: file, report };
  },

  async 'estimate.get'({ target, options, engine, frames, gpu, gpus }, { services: { submissions, estimates } }) {
    if (target === undefined) {
      if (engine !== undefined && frames !== undefined) {
        return { estimate: estimates.get({ engine, frames, gpu: gpu ?? estimates.defaultGpu, gpus }) };
      }
      throw new CosmosError('invalid_params', 'An estimate needs a clip or spec (target), or engine and frames.');
    }
    const { estimate } = await submissions.compile(target, { ...options, engine: engine ?? options?.engine });
    if (estimate === null) {
      throw new CosmosError('not_found', `Nothing can be estimated for "${target}": its length is not known.`);
    }
    return { estimate: gpu === undefined && gpus === undefined ? estimate : elsewhere(estimates, estimate, gpu, gpus) };
  },
};

/** The same clip on another GPU, or on more of them. */
function elsewhere(estimates: EstimateService, on: Estimate, gpu = on.gpu, gpus = on.gpus): Estimate {
  const { frames, framesPerChunk } = on;
  return estimates.get({ engine: EngineName.parse(on.engine), frames, framesPerChunk, gpu, gpus });
}

/** A client does not know the working folder of the daemon, so only absolute paths are taken. */
async function onDisk<T>(file: string, check: () => Promise<T>): Promise<T> {
  if (!path.isAbsolute(file)) {
    throw new CosmosError('invalid_params', `"${file}" is not an absolute path; send one, or the text with it.`);
  }
  try {
    return await check();
  } catch (error) {
    const code = errnoOf(error);
    if (code === undefined) throw error;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new CosmosError('not_found', `The spec ${file} ${why}.`, { file }, { cause: error });
  }
}

/** The hand-written spec that is there; else the first name that the watcher looks for. */
function specFileOf({ specFile, path: clipPath, name }: Clip): string {
  if (specFile !== null) return specFile;
  const isFlat = isMovie(path.basename(clipPath));
  const [fileName = `${name}.json`] = specNames(name, isFlat);
  return path.join(isFlat ? path.dirname(clipPath) : clipPath, fileName);
}
