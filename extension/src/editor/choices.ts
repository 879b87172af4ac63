/** The lists to choose from: models, hosts and presets. What cannot be chosen says why. Pure. */
import * as l10n from '@vscode/l10n';
import { FREE_MODEL, MODELS, modelTitle } from '../../../schemas/model-title.js';
import type { Preset } from '../../../schemas/preset.js';
import type { EngineName, Host } from '../../../schemas/received.js';
import { hostStateTitle } from '../views/hosts/host-text.js';
import { dollars, dotted } from '../views/words.js';
import type { Model, Selection } from './form.js';

export type HostFacts = Pick<Host, 'id' | 'state' | 'draining' | 'engines' | 'gpu' | 'pricePerHour'>;
/** As they are given back to the daemon when one is chosen. */
export type Presets = Readonly<Record<string, Preset>>;

/** Hosts that take jobs. A host that cannot be reached takes them later. */
function taking(hosts: readonly HostFacts[]): readonly HostFacts[] {
  return hosts.filter(({ draining }) => draining === null);
}

export function canRun(hosts: readonly HostFacts[], engine: EngineName): boolean {
  return taking(hosts).some(({ engines }) => engines.includes(engine));
}

/**
 * @param hosts empty = not known yet, so every model can be chosen.
 * @param current the chosen model. One of a newer version is listed, but its passes and fields are not known here.
 */
export function modelChoices(hosts: readonly HostFacts[], current: EngineName): Model[] {
  const isKnown = MODELS.some((engine) => engine === current);
  const other = { engine: current, label: modelTitle(current), selectable: false };
  return isKnown ? knownModels(hosts) : [...knownModels(hosts), other];
}

function knownModels(hosts: readonly HostFacts[]): Model[] {
  return MODELS.map((engine) => {
    const selectable = hosts.length === 0 || canRun(hosts, engine);
    const name = engine === FREE_MODEL ? l10n.t('{0} (no GPU)', modelTitle(engine)) : modelTitle(engine);
    return {
      engine,
      selectable,
      label: selectable ? name : l10n.t('{0}: no host here can run it', modelTitle(engine)),
    };
  });
}

/**
 * @param chosen empty = no host in particular.
 * @param usual the host that the preset or the job names if the user chooses none; null = any.
 */
export function hostChoices(
  hosts: readonly HostFacts[],
  engine: EngineName,
  chosen: string,
  usual: string | null = null,
): Selection {
  const any = usual === null ? l10n.t('Any host that can run it') : l10n.t('As asked before: {0}', usual);
  const options = hosts.map((host) => {
    const why = whyNot(host, engine);
    return { value: host.id, label: why === '' ? hostLabel(host) : `${host.id}: ${why}`, selectable: why === '' };
  });
  return { value: chosen, options: [{ value: '', label: any, selectable: true }, ...options], note: '' };
}

function whyNot({ engines, draining }: HostFacts, engine: EngineName): string {
  if (!engines.includes(engine)) return l10n.t('cannot run {0}', modelTitle(engine));
  return draining === null ? '' : l10n.t('takes no jobs now');
}

function hostLabel({ id, state, gpu, pricePerHour }: HostFacts): string {
  const price = pricePerHour > 0 && l10n.t('{0} an hour', dollars(pricePerHour));
  return dotted(id, gpu, price, state === 'online' ? null : hostStateTitle(state));
}

/** null = there are no presets. */
export function presetChoices(presets: Presets, chosen: string, wanted: string | undefined): Selection | null {
  const names = Object.keys(presets);
  if (names.length === 0) return null;
  const none = wanted === undefined ? l10n.t('None') : l10n.t('As the scene asks: {0}', wanted);
  const options = names.map((name) => ({ value: name, label: name, selectable: true }));
  return { value: chosen, options: [{ value: '', label: none, selectable: true }, ...options], note: '' };
}

/** A text that changes when a fact changes by which the user may choose a host. */
export function hostsKey(hosts: readonly HostFacts[]): string {
  return JSON.stringify(
    hosts.map(({ id, state, draining, engines, gpu, pricePerHour }) => [
      ...[id, state, draining === null, engines, gpu, pricePerHour],
    ]),
  );
}
