/** The panels of jobs that are being edited: one a job, back after a reload of the window. */
import * as l10n from '@vscode/l10n';
import { type Disposable, type WebviewPanel, window } from 'vscode';
import { webviewPanel } from '../shown/places.js';
import type { Action } from './form.js';
import { JobSession } from './job-session.js';
import { PageHost } from './page-host.js';
import type { EditorParts } from './parts.js';

const VIEW_TYPE = 'cosmos.job';

interface Open {
  readonly panel: WebviewPanel;
  readonly session: JobSession;
}

export class JobPanels {
  private readonly byJob = new Map<string, Open>();
  private readonly restoring: Disposable;

  constructor(private readonly parts: EditorParts) {
    this.restoring = window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel: WebviewPanel, state: unknown) => {
        const job = jobIn(state);
        if (job === undefined) panel.dispose();
        else this.show(job, panel);
      },
    });
  }

  open(job: string): void {
    const known = this.byJob.get(job);
    if (known !== undefined) {
      known.panel.reveal();
      return;
    }
    const title = l10n.t('Edit {0}', this.parts.store.jobs.get(job)?.name ?? job);
    this.show(job, webviewPanel(VIEW_TYPE, title));
  }

  /** Of the panel in front. */
  act(action: Action): void {
    for (const { panel, session } of this.byJob.values()) if (panel.active) session.act(action);
  }

  dispose(): void {
    this.restoring.dispose();
    for (const { panel } of [...this.byJob.values()]) panel.dispose();
  }

  private show(job: string, panel: WebviewPanel): void {
    const page = new PageHost(panel.webview, this.parts.resources);
    const session = new JobSession(job, page, this.parts);
    this.byJob.set(job, { panel, session });
    panel.onDidDispose(() => {
      this.byJob.delete(job);
      session.dispose();
    });
  }
}

/** What the page kept with setState. */
function jobIn(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('job' in state)) return undefined;
  return typeof state.job === 'string' ? state.job : undefined;
}
