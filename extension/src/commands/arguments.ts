/** Finds out which things a command is about, from the arguments it was called with. */
import * as l10n from '@vscode/l10n';
import type { Store } from '../../../client/store.js';
import type { Clip, Job, Result } from '../../../schemas/received.js';
import { Problem } from '../problem.js';
import { type Ability, can } from '../views/queue/job-context.js';

/** The property of a row that holds the id of what the row shows. */
export type Noun = 'job' | 'clip' | 'watch' | 'host' | 'result';

/** A key binding passes no row: the command is then about the selected rows. */
export function argumentsOf(args: readonly unknown[], selected: readonly unknown[]): readonly unknown[] {
  return args.some((arg) => arg !== undefined) ? args : [selected[0], selected];
}

/**
 * The ids of the things: of all selected rows if VS Code passes them, else of the one row. An id may also be passed
 * directly. Empty if the arguments name nothing of this kind.
 */
export function idsOf(noun: Noun, args: readonly unknown[]): string[] {
  const [one, selected] = args;
  const rows: readonly unknown[] = Array.isArray(selected) && selected.length > 0 ? selected : [one];
  return [...new Set(rows.flatMap((row) => idOf(noun, row) ?? []))];
}

function idOf(noun: Noun, row: unknown): string | undefined {
  if (typeof row === 'string') return row;
  if (typeof row !== 'object' || row === null || !(noun in row)) return undefined;
  const id: unknown = (row as Readonly<Record<Noun, unknown>>)[noun];
  return typeof id === 'string' ? id : undefined;
}

/** @throws Problem not_found when the arguments name none, or one that is gone. */
export function jobsOf(store: Store, args: readonly unknown[]): Job[] {
  return thingsOf(store.jobs, 'job', args);
}

/** @throws Problem not_found */
export function jobOf(store: Store, args: readonly unknown[]): Job {
  return first(jobsOf(store, args));
}

/** @throws Problem not_found */
export function clipOf(store: Store, args: readonly unknown[]): Clip {
  return first(thingsOf(store.clips, 'clip', args));
}

/** @throws Problem not_found */
export function resultsOf(store: Store, args: readonly unknown[]): Result[] {
  return thingsOf(store.results, 'job', args); // results go by job, and a job's row leads to its result
}

/** @throws Problem not_found */
export function resultOf(store: Store, args: readonly unknown[]): Result {
  return first(resultsOf(store, args));
}

/**
 * Of several jobs, those that allow the command. A single job is passed on unchecked, so that the daemon can say why it
 * refuses.
 */
export function thatCan(jobs: readonly Job[], ability: Ability): readonly Job[] {
  const able = jobs.filter((job) => can(job, ability));
  return able.length === 0 ? jobs : able;
}

export function thingsOf<T>(things: ReadonlyMap<string, T>, noun: Noun, args: readonly unknown[]): T[] {
  const ids = idsOf(noun, args);
  if (ids.length === 0) throw new Problem('not_found', l10n.t('Select a {0} first.', noun));
  return ids.map((id) => {
    const thing = things.get(id);
    if (thing === undefined) throw new Problem('not_found', l10n.t('There is no {0} {1} any more.', noun, id));
    return thing;
  });
}

export function first<T>([thing]: readonly T[]): T {
  if (thing === undefined) throw new Error('the arguments name at least one');
  return thing;
}
