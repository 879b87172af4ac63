/** Names and places of a run on a host that is reached by a shell. */
import path from 'node:path';
import { CosmosError } from '../../errors.js';

/** What Docker takes as the end of a container name, so that the container of a run is named after it. */
const RUN_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;

/** Label of all our containers, for people; its value is the run. */
export const RUN_LABEL = 'cosmos.run';

/** Label with the folder of the run: it distinguishes our containers from those of other installations on the host. */
export const FOLDER_LABEL = 'cosmos.folder';

/** Label of the one start that made the container; the same token is in the claim of its wrapper. */
export const TOKEN_LABEL = 'cosmos.token';

export class RunPaths {
  /** @param root absolute folder on the host that is ours. */
  constructor(private readonly root: string) {}

  /** Folder of all runs. */
  get runs(): string {
    return path.posix.join(this.root, 'runs');
  }

  /** @throws CosmosError internal when the run's name could not name a container. */
  folder(run: string): string {
    if (!RUN_NAME.test(run)) {
      throw new CosmosError(
        'internal',
        `${JSON.stringify(run)} cannot name a run on a host: letters, digits and ._- may.`,
      );
    }
    return path.posix.join(this.runs, run);
  }

  /** Absolute path of a file of the run. @throws CosmosError internal when it would lie outside the run's folder. */
  inside(run: string, file: string): string {
    const relative = path.posix.normalize(file);
    if (path.posix.isAbsolute(relative) || relative.split('/')[0] === '..') {
      throw new CosmosError('internal', `"${file}" does not lie in the folder of run ${run}.`);
    }
    return path.posix.join(this.folder(run), relative);
  }
}

export function containerName(run: string): string {
  return `cosmos-${run}`;
}
