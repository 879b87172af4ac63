/** The type of an entry in the catalogue of host problems. */
import type * as z from 'zod';

/** One kind of problem: F are the values of its sentences. */
export interface Problem<F> {
  /** A warning does not keep a host from being added. */
  readonly state: 'warning' | 'failed';
  readonly sentence: (facts: F) => string;
  readonly remedy: (facts: F) => string;
}

/** The values of a sentence; they also go to programs. */
export type Facts = Readonly<Record<string, z.core.util.JSONType>>;
