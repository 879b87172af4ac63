/** The findings of a probe, a line each, while the probe goes on and afterwards. Choosing one copies its remedy. */
import * as l10n from '@vscode/l10n';
import { type Disposable, env, type QuickPickItem, window } from 'vscode';
import type { HostCheck, HostProbe } from '../../../schemas/index.js';
import { engineTitle } from '../views/queue/job-text.js';

interface Finding extends QuickPickItem {
  readonly remedy: string | null;
}

export class Findings implements Disposable {
  private readonly list = window.createQuickPick<Finding>();
  private closed = false;

  constructor(title: string) {
    this.list.title = title;
    this.list.placeholder = l10n.t('Looking at the host...');
    this.list.busy = true;
    this.list.ignoreFocusOut = true;
    this.list.matchOnDetail = true;
    this.list.onDidHide(() => {
      this.closed = true;
    });
    this.list.show();
  }

  add(check: HostCheck): void {
    this.list.items = [...this.list.items, finding(check)];
  }

  /** Resolves when the person has read it all and closes it. */
  async read({ ok, checks }: HostProbe): Promise<void> {
    this.list.busy = false;
    this.list.items = checks.map(finding);
    this.list.placeholder = ok
      ? l10n.t('The host can be used.')
      : l10n.t('Something is in the way; choose it to copy its remedy.');
    if (this.closed) return;
    await new Promise<void>((resolve) => {
      this.list.onDidHide(() => resolve());
      this.list.onDidAccept(async () => {
        const remedy = this.list.activeItems[0]?.remedy ?? null;
        if (remedy !== null) await env.clipboard.writeText(remedy);
        this.list.hide();
      });
    });
  }

  dispose(): void {
    this.list.dispose();
  }
}

function finding({ check, engine, state, message, remedy }: HostCheck): Finding {
  const about = engine === null ? check : `${check} · ${engineTitle(engine)}`;
  return { label: `$(${ICONS[state]}) ${about}`, description: message, detail: remedy ?? undefined, remedy };
}

const ICONS = {
  ok: 'pass',
  warning: 'warning',
  failed: 'error',
  skipped: 'circle-slash',
} as const satisfies Record<HostCheck['state'], string>;
