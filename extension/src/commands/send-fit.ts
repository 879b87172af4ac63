/**
 * Which of the last choices can still be used. Hosts come and go, and another clip has other passes. Each choice that
 * is dropped gives a sentence. Pure.
 */
import * as l10n from '@vscode/l10n';
import type { HintKey, JobOptions } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import type { Clip, EngineName, Host } from '../../../schemas/received.js';
import { passOf } from '../../../schemas/spec/dialect.js';
import { controlsOf } from '../../../schemas/spec/engine-controls.js';

/**
 * undefined = the user must be asked, and `lost` says why an earlier choice was dropped. A host of null = the one that
 * is free first.
 */
export interface FittingPlace {
  readonly engine: JobOptions['engine'];
  readonly host: string | null | undefined;
  readonly lost: string;
}

/** @param hosts all of them */
export function fittingPlace(
  { engine, host }: Pick<JobOptions, 'engine' | 'host'>,
  hosts: readonly Host[],
): FittingPlace {
  if (engine === undefined) return { engine, host: undefined, lost: '' };
  const able = ableHosts(hosts, engine);
  if (able.length === 0) {
    const lost = l10n.t('No host can run {0} at the moment, which was chosen last.', modelTitle(engine));
    return { engine: undefined, host: undefined, lost };
  }
  if (host === undefined) return { engine, host: null, lost: '' };
  if (able.some(({ id }) => id === host)) return { engine, host, lost: '' };
  return { engine, host: undefined, lost: whyNot(host, engine, hosts) };
}

type Priced = Pick<Host, 'id' | 'draining' | 'engines' | 'pricePerHour'>;

/**
 * Dollars an hour of the most expensive host that may run the job; 0 = all are free. A named host counts in every
 * state, because the job waits for it and costs money then.
 * @param host null = the one that is free first
 */
export function dearest(hosts: readonly Priced[], engine: EngineName, host: string | null): number {
  const may = host === null ? ableHosts(hosts, engine) : hosts.filter(({ id }) => id === host);
  return Math.max(0, ...may.map(({ pricePerHour }) => pricePerHour));
}

/** Hosts that take jobs for a model. */
export function ableHosts<H extends Pick<Host, 'draining' | 'engines'>>(hosts: readonly H[], engine: EngineName): H[] {
  return hosts.filter(({ draining, engines }) => draining === null && engines.includes(engine));
}

function whyNot(host: string, engine: EngineName, hosts: readonly Host[]): string {
  const known = hosts.find(({ id }) => id === host);
  if (known === undefined) return l10n.t('There is no host {0} any more, which was chosen last.', host);
  if (known.draining !== null) return l10n.t('{0}, which was chosen last, takes no jobs at the moment.', host);
  return l10n.t('{0}, which was chosen last, does not run {1} any more.', host, modelTitle(engine));
}

export interface FittingWeights {
  readonly weights: JobOptions['weights'];
  readonly lost: readonly HintKey[];
}

/** The weights without controls for which the clip has no pass, unless the model computes them. */
export function fittingWeights(
  weights: NonNullable<JobOptions['weights']>,
  engine: EngineName,
  { passes }: Pick<Clip, 'passes'>,
): FittingWeights {
  const controls = controlsOf(engine);
  if (controls === undefined) return { weights, lost: [] };
  const { hints, computes } = controls;
  const isLost = (hint: HintKey) => {
    return typeof weights[hint] === 'number' && !passes.includes(passOf(hint)) && !computes.includes(hint);
  };
  const lost = hints.filter(isLost);
  const left = hints.flatMap((hint) => (weights[hint] === undefined || isLost(hint) ? [] : [[hint, weights[hint]]]));
  return { weights: left.length === 0 ? undefined : Object.fromEntries(left), lost };
}
