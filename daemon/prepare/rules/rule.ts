/** A preflight rule looks at one spec and says what NVIDIA's validator lets through and what then goes wrong. */
import type { Dialect, Media } from '../../../schemas/index.js';
import type { SpecObject } from '../dialect.js';

export interface RuleInput {
  readonly dialect: Dialect;
  readonly spec: SpecObject;
  readonly facts: SpecFacts;
}

/** What is known about the files a spec names, by the path as the spec writes it. */
export interface SpecFacts {
  readonly exists: (file: string) => boolean;
  readonly media: ReadonlyMap<string, Media>;
}

export interface Finding {
  readonly severity: 'error' | 'warning' | 'info';
  /** nvidia = its validator rejects the spec for this; preflight when left out. */
  readonly source?: 'nvidia' | 'preflight';
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly fix?: string;
}

export type Rule = (input: RuleInput) => Finding[];
