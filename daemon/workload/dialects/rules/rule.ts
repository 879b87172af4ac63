/** The type of a preflight rule: what NVIDIA's readers accept, and what then goes wrong. */
import type { Dialect, Issue, Media } from '../../../../schemas/index.js';
import type { Cosmos3 } from '../../../../schemas/spec/cosmos3.js';
import type { Cosmos3Resolved } from '../../../../schemas/spec/cosmos3-build.js';
import type { SpecPath, Surroundings } from '../../../../schemas/spec/pydantic.js';
import type { PyNode, PyObject } from '../../../../schemas/spec/python-node.js';
import type { Transfer25 } from '../../../../schemas/spec/transfer25.js';
import type { Repair } from '../repair.js';

/** What is known of the world around a spec. Paths are as the spec writes them. */
export interface SpecFacts extends Surroundings {
  /** Frames, pixels and rate of a video or image; undefined where the file was not probed, or is no media file. */
  readonly media: (named: string) => Media | undefined;
  /** Why an existing media file cannot be read, in the words of ffprobe; undefined where it can, or was not probed. */
  readonly unreadable?: (named: string) => string | undefined;
  /** Why an existing file cannot be read as the text of a prompt; undefined where it can, or was not read. */
  readonly textProblem?: (named: string) => string | undefined;
  /** Does the path stay inside the folder that the spec may read below? true where there is no such limit. */
  readonly inside: (named: string) => boolean;
  /** Files that a missing one may have been meant to be, as the spec would write them; the likeliest first. */
  readonly near?: (named: string, path: SpecPath) => readonly string[];
}

/** How the spec would be run, as far as it is known; rules about the run are silent without it. */
export interface RunFacts {
  readonly gpus?: number;
  /** transfer2.5: edge, edge/distilled, ...; cosmos3: Cosmos3-Nano, Cosmos3-Super, ... */
  readonly model?: string;
}

interface SampleOf<D extends Dialect, S> {
  readonly dialect: D;
  /** Values after pydantic's coercion and defaults; what is missing or wrong holds its default, or null. */
  readonly spec: S;
  /** The name of its outputs, see output-name.ts; null = not known. */
  readonly name: string | null;
  readonly node: PyObject;
  readonly facts: SpecFacts;
  readonly run: RunFacts;
}
export type Transfer25Sample = SampleOf<'transfer2.5', Transfer25>;
export type Cosmos3Sample = SampleOf<'cosmos3', Cosmos3> & { readonly resolved: Cosmos3Resolved };
export type Sample = Transfer25Sample | Cosmos3Sample;

/** A change that is offered to a person, who may choose it. */
export interface Offer {
  readonly says: string;
  readonly repair: readonly Repair[];
}

export interface Finding {
  readonly path: SpecPath;
  /** `key`: it is the key that is wrong, not its value. */
  readonly at?: 'key';
  /** One sentence without a full stop, for an artist: what happens, with the values of this spec. */
  readonly message: string;
  /** What to do, a sentence or two. */
  readonly fix?: string;
  /** The same as changes, when no decision of a person is in them. */
  readonly repair?: readonly Repair[];
  /** Changes to choose from, the likeliest first. */
  readonly offers?: readonly Offer[];
  /** Differs from the rule's for milder or graver cases. */
  readonly severity?: Issue['severity'];
}

/** What it costs to run a spec with this mistake. */
export interface Cost {
  readonly kind: 'late failure' | 'hang' | 'silent change' | 'no video' | 'time and money' | 'lost files' | 'security';
  /** A sentence: when it shows and what is lost by then. */
  readonly text: string;
}

export interface RuleInfo {
  /** Stable; lower case with underscores. */
  readonly code: string;
  readonly severity: Issue['severity'];
  /** One sentence for the list of rules: what is wrong, in general. */
  readonly says: string;
  readonly costs: Cost;
  /** File and line, document or thread. */
  readonly source: string;
}

/** `sample` rules look at one sample, `file` rules at all samples of a file (the members of one run). */
export type Rule = RuleInfo & { readonly engines: readonly Dialect[] } & (
    | { readonly looksAt: 'sample'; readonly check: (sample: Sample) => Finding[] }
    | { readonly looksAt: 'file'; readonly check: (samples: readonly Sample[]) => FileFinding[] }
  );

/** A finding of a `file` rule names the sample it is about. */
export interface FileFinding extends Finding {
  /** Index of the sample. */
  readonly sample: number;
}

export function transfer25Rule(rule: RuleInfo & { check: (sample: Transfer25Sample) => Finding[] }): Rule {
  const { check, ...info } = rule;
  const engines = ['transfer2.5'] as const;
  return {
    ...info,
    engines,
    looksAt: 'sample',
    check: (sample) => (sample.dialect === 'transfer2.5' ? check(sample) : []),
  };
}

export function cosmos3Rule(rule: RuleInfo & { check: (sample: Cosmos3Sample) => Finding[] }): Rule {
  const { check, ...info } = rule;
  const engines = ['cosmos3'] as const;
  return {
    ...info,
    engines,
    looksAt: 'sample',
    check: (sample) => (sample.dialect === 'cosmos3' ? check(sample) : []),
  };
}

/** For both engines. */
export function commonRule(rule: RuleInfo & { check: (sample: Sample) => Finding[] }): Rule {
  return { ...rule, engines: ['transfer2.5', 'cosmos3'], looksAt: 'sample' };
}

/** Looks at all samples of a file together. */
export function fileRule(
  rule: RuleInfo & { engines: readonly Dialect[]; check: (samples: readonly Sample[]) => FileFinding[] },
): Rule {
  return { ...rule, looksAt: 'file' };
}

/** The value at a path as it is written; undefined when the key is absent. null counts as written. */
export function written({ node }: Pick<Sample, 'node'>, ...path: readonly string[]): PyNode | undefined {
  let at: PyNode | undefined = node;
  for (const key of path) at = at?.kind === 'object' ? at.last.get(key)?.value : undefined;
  return at;
}

/** Is there something other than null at the path? */
export function isGiven(sample: Pick<Sample, 'node'>, ...path: readonly string[]): boolean {
  return (written(sample, ...path)?.kind ?? 'null') !== 'null';
}
