/**
 * Repairs a spec as far as no decision of a person is needed: old dialects, typing mistakes, text that is almost JSON.
 */
import type { CheckReport, Dialect } from '../../../../schemas/index.js';
import { suffixOf } from '../../../../schemas/spec/paths.js';
import { CosmosError } from '../../../errors.js';
import { type CheckOptions, checkSpec } from '../check.js';
import { readFile } from '../samples.js';
import { type FixStep, summed } from './fix-step.js';
import { named, superseded, unwrapped } from './old-shape.js';
import { madeReadable } from './readable.js';
import { type Checker, repairInRounds } from './rounds.js';

export interface Fixed {
  /** The whole file; every byte that no change is about is as it was. */
  readonly text: string;
  readonly changes: readonly FixStep[];
  /** The check of `text`. */
  readonly report: CheckReport;
}

/** Why a file of that name cannot be fixed; null = it can. */
export function refusal(file: string): string | null {
  const suffix = suffixOf(file);
  if (['.json', '.jsonl'].includes(suffix)) return null;
  return /^\.ya?ml$/i.test(suffix)
    ? `${file} is YAML, whose layout and comments --fix would not keep: change it by hand.`
    : `${file} is named neither .json nor .jsonl (small letters), and the models read nothing else: rename it first.`;
}

/** @throws CosmosError usage for YAML and other files that are no JSON by their name */
export function fixSpec(file: string, text: string, options: CheckOptions = {}): Fixed {
  const refused = refusal(file);
  if (refused !== null) throw new CosmosError('usage', refused);
  const readable = madeReadable(file, text, options.engine);
  const engine = options.engine ?? engineOf(file, readable.text);
  const bare = unwrapped(file, readable.text, engine);
  const whole = named(file, bare.text, engine);
  const done = repairInRounds(whole.text, checkerOf(file, { ...options, engine }, options.engine));
  const last = superseded(file, done.text, engine);
  const steps = [readable, bare, whole, done, last];
  const changes = summed(steps.flatMap((step) => step.changes));
  return { text: last.text, changes, report: checkSpec(file, last.text, { ...options, engine }) };
}

/**
 * Recognised once, before the repairs, because a repair must not make a file of one engine look like one of the other.
 */
function engineOf(file: string, text: string): Dialect {
  const { engine, samples } = readFile(file, text);
  const [only] = 'nodes' in samples ? samples.nodes : [];
  const item = only?.kind === 'array' ? only.items[0] : undefined;
  return item === undefined ? engine : readFile(file, text.slice(item.start, item.end)).engine;
}

/** @param wanted the engine that was asked for; undefined when it is recognised by the text. */
function checkerOf(file: string, options: CheckOptions & { engine: Dialect }, wanted: Dialect | undefined): Checker {
  const blind = { ...options, facts: { ...options.facts, media: () => undefined, unreadable: () => undefined } };
  return {
    check: (text) => checkSpec(file, text, options),
    judge: (text) => checkSpec(file, text, blind),
    isOfEngine: (text) => wanted !== undefined || engineOf(file, text) === options.engine,
    samples: (text) => {
      const { samples } = readFile(file, text, options.engine);
      return 'nodes' in samples ? samples.nodes : [];
    },
  };
}
