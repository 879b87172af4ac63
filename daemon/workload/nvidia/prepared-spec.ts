/** Reads the compiled spec of a job as NVIDIA's reader will: with pydantic's conversions and defaults. */
import { readFileSync } from 'node:fs';
import type { Prepared } from '../../../schemas/index.js';
import type { Surroundings } from '../../../schemas/spec/pydantic.js';
import { readPythonJson } from '../../../schemas/spec/python-json.js';
import type { PyNode } from '../../../schemas/spec/python-node.js';
import { CosmosError } from '../../errors.js';

/** Files were checked when the job was prepared, and lie on the host by now. */
export const ALL_THERE: Surroundings = { entry: () => 'file', text: () => '' };

/** Specs kept in memory: a queue asks for the same few again and again. */
const MOST = 200;

/** @param T what the dialect makes of a spec. */
export class PreparedSpecs<T> {
  private readonly known = new Map<string, T>();

  /** @param read gives undefined for what NVIDIA would refuse. */
  constructor(private readonly read: (node: PyNode) => T | undefined) {}

  /**
   * Read from the state folder once; a spec with the same hash is the same spec.
   * @throws CosmosError internal when the file is gone or is no spec (it was checked when the job was prepared).
   */
  of({ spec: file, specSha256 }: Prepared): T {
    const known = this.known.get(specSha256);
    if (known !== undefined) return known;
    const spec = this.load(file);
    const oldest = this.known.keys().next();
    if (this.known.size >= MOST && !oldest.done) this.known.delete(oldest.value);
    this.known.set(specSha256, spec);
    return spec;
  }

  private load(file: string): T {
    let spec: T | undefined;
    try {
      spec = this.read(readPythonJson(readFileSync(file, 'utf8')));
    } catch (cause) {
      throw new CosmosError(
        'internal',
        `The compiled spec ${file} cannot be read; retry the job.`,
        { file },
        { cause },
      );
    }
    if (spec !== undefined) return spec;
    throw new CosmosError('internal', `The compiled spec ${file} is not one that the model reads; retry the job.`, {
      file,
    });
  }
}
