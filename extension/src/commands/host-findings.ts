/** The findings of a probe, one per line, during the probe and afterwards. Choosing one copies its remedy. */
import * as l10n from '@vscode/l10n';
import { type Disposable, env } from 'vscode';
import { modelTitle } from '../../../schemas/model-title.js';
import type { HostCheck, HostProbe } from '../../../schemas/received.js';
import { entryOf, type UnknownName } from '../../../schemas/unknown-name.js';
import { Checklist, type PickItem } from '../shown/questions.js';

export class Findings implements Disposable {
  private readonly list: Checklist<string | null>;

  constructor(title: string) {
    this.list = new Checklist(title, l10n.t('Looking at the host...'));
  }

  add(check: HostCheck): void {
    this.list.add(finding(check));
  }

  /** Resolves when the user closes the list. */
  async read({ ok, checks }: HostProbe): Promise<void> {
    const says = ok
      ? l10n.t('The host can be used.')
      : l10n.t('Something is in the way; choose it to copy its remedy.');
    const remedy = await this.list.read(checks.map(finding), says);
    if (typeof remedy === 'string') await env.clipboard.writeText(remedy);
  }

  dispose(): void {
    this.list.dispose();
  }
}

function finding({ check, engine, state, message, remedy }: HostCheck): PickItem<string | null> {
  const label = engine === null ? check : `${check} · ${modelTitle(engine)}`;
  return {
    icon: entryOf(ICONS, state) ?? 'question',
    label,
    description: message,
    detail: remedy ?? undefined,
    value: remedy,
  };
}

const ICONS = {
  ok: 'pass',
  warning: 'warning',
  failed: 'error',
  skipped: 'circle-slash',
} as const satisfies Record<Exclude<HostCheck['state'], UnknownName>, string>;
