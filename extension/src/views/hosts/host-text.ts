/** A host and its slots as one line each: whether it can be used, by whom it is used, and its price. */
import * as l10n from '@vscode/l10n';
import { modelTitle } from '../../../../schemas/model-title.js';
import type { Host, Job, Run, Slot } from '../../../../schemas/received.js';
import { inWords } from '../../../../schemas/shown-text.js';
import type { UnknownName } from '../../../../schemas/unknown-name.js';
import { unknownKind } from '../../host-kinds.js';
import { facts, type Markdown, md, paragraphs } from '../../shown/markdown.js';
import type { Icon } from '../../shown/rows.js';
import { BLUE, GREEN, RED, YELLOW } from '../icons.js';
import { moment } from '../moment.js';
import { jobTitle } from '../output-title.js';
import { clause, dollars, dotted, spoken } from '../words.js';

/** @param slot what runs on it, if it has one slot. */
export function hostDescription(host: Host, slot?: string): string {
  return dotted(...partsOf(host, slot));
}

/** The whole row for a screen reader. */
export function hostSpoken(host: Host, slot?: string): string {
  return spoken(host.id, ...partsOf(host, slot));
}

/** The reason why it cannot be used comes before its properties. */
function partsOf(host: Host, slot: string | undefined): (string | null | undefined)[] {
  const state = wish(host) ?? hostStateTitle(host.state);
  const isUsable = host.state === 'online' && host.problem === null;
  const why = clause(host.problem?.message ?? host.reason);
  return [state, why, isUsable ? slot : null, kindWords(host), gpus(host), price(host)];
}

/** What only the user can do for it, short enough for a narrow view. */
function wish({ problem }: Host): string | null {
  switch (problem?.code) {
    case 'host_asks':
      return l10n.t('asks you to log in');
    case 'identity_locked':
      return l10n.t('your key is locked');
    case 'host_key_unknown':
      return l10n.t('its key is not trusted');
    case 'host_key_changed':
      return l10n.t('its key has changed');
    default:
      return null;
  }
}

export function hostStateTitle(state: Host['state']): string {
  switch (state) {
    case 'online':
      return l10n.t('online');
    case 'unreachable':
      return l10n.t('unreachable');
    case 'draining':
      return l10n.t('draining');
    default:
      return inWords(state satisfies UnknownName);
  }
}

export function hostIcon({ state, problem }: Pick<Host, 'state' | 'problem'>): Icon {
  if (problem !== null) return { id: 'warning', color: YELLOW };
  switch (state) {
    case 'online':
      return { id: 'server', color: GREEN };
    case 'unreachable':
      return { id: 'debug-disconnect', color: RED };
    case 'draining':
      return { id: 'server', color: YELLOW };
    default:
      state satisfies UnknownName;
      return { id: 'server' };
  }
}

/**
 * "host.ssh.online.active.trustable": its host key must be trusted by the user; of a locked one, the private key must
 * be unlocked.
 */
export function hostContext(host: Host): string {
  const { kind, state, draining, problem } = host;
  const ofKind = unknownKind(host) === null ? kind : 'other';
  const isKnown = state === 'online' || state === 'unreachable' || state === 'draining';
  const parts = ['host', ofKind, isKnown ? state : 'other', draining === null ? 'active' : 'drained'];
  if (problem?.code === 'host_key_unknown' || problem?.code === 'host_key_changed') parts.push('trustable');
  if (problem?.code === 'identity_locked' || problem?.code === 'host_asks') parts.push('locked');
  return parts.join('.');
}

export function hostTooltip(host: Host, now: number): Markdown {
  return paragraphs(
    md`**${host.id}** — ${hostStateTitle(host.state)}`,
    md`${host.problem?.message ?? host.reason}`,
    md`${host.problem?.remedy ?? ''}`,
    md`${host.draining ?? ''}`,
    facts([
      [l10n.t('Kind'), kindWords(host)],
      [l10n.t('Models'), host.engines.map(modelTitle).join(', ')],
      [l10n.t('GPUs'), gpus(host)],
      [l10n.t('Price'), price(host)],
      [l10n.t('Last seen'), host.lastSeen && moment(host.lastSeen, now)],
    ]),
  );
}

/** null for the kinds that users know anyway. */
function kindWords(host: Host): string | null {
  const kind = unknownKind(host);
  return kind === null ? null : inWords(kind);
}

function gpus({ gpus: count, gpu }: Host): string | null {
  return count === 0 ? null : `${count}× ${gpu ?? 'GPU'}`;
}

function price({ pricePerHour }: Host): string | null {
  return pricePerHour === 0 ? null : l10n.t('{0} an hour', dollars(pricePerHour));
}

export interface SlotFacts {
  readonly slot: Slot;
  readonly run: Run | undefined;
  /** Members of the run. */
  readonly jobs: readonly Job[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What runs there, or which other installation holds it. */
export function slotDescription({ slot, run, jobs, now }: SlotFacts): string {
  if (run !== undefined) return l10n.t('runs {0}', dotted(jobs.map(jobTitle).join(', '), modelTitle(run.engine)));
  if (slot.lease !== null) return l10n.t('held by {0} since {1}', slot.lease.owner, moment(slot.lease.since, now));
  return slot.run ?? l10n.t('free for a job');
}

export function slotIcon({ run, lease }: Slot): Icon {
  if (run !== null) return { id: 'sync~spin', color: BLUE };
  return lease === null ? { id: 'circle-outline' } : { id: 'lock' };
}
