/** The panels of clips and jobs, one for each. A reload of the window restores them with their changes. */
import * as l10n from '@vscode/l10n';
import { type Disposable, type WebviewPanel, window } from 'vscode';
import { setPanelTitle, webviewPanel } from '../shown/surfaces.js';
import { ClipSession } from './clip-session.js';
import type { Action, Kept, PanelKind } from './form.js';
import { jobLabel } from './job-actions.js';
import { JobSession } from './job-session.js';
import { PageHost } from './page-host.js';
import type { PanelSession } from './panel-session.js';
import type { EditorParts } from './parts.js';

const VIEW_TYPE = 'cosmos.form';

interface Open {
  readonly panel: WebviewPanel;
  readonly session: PanelSession;
}

export class FormPanels {
  private readonly opened = new Map<string, Open>();
  private readonly restoring: Disposable;

  constructor(private readonly parts: EditorParts) {
    this.restoring = window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel: WebviewPanel, state: unknown) => {
        const { keptIn } = await import('./messages.js'); // brings zod along: see extension.ts
        const kept = keptIn(state);
        if (kept === undefined || this.opened.has(keyOf(kept))) panel.dispose();
        else this.show(kept, panel);
      },
    });
  }

  open(kind: PanelKind, id: string): void {
    const known = this.opened.get(keyOf({ kind, id }));
    if (known !== undefined) known.panel.reveal();
    else this.show({ kind, id }, webviewPanel(VIEW_TYPE, tabTitle(kind, this.nameOf(kind, id))));
  }

  /** The session of the active panel. */
  act(action: Action): void {
    for (const { panel, session } of this.opened.values()) if (panel.active) session.act(action);
  }

  dispose(): void {
    this.restoring.dispose();
    for (const { panel } of [...this.opened.values()]) panel.dispose();
  }

  private show(form: Pick<Kept, 'kind' | 'id'> & Partial<Kept>, panel: WebviewPanel): void {
    const key = keyOf(form);
    const page = new PageHost(panel.webview, this.parts.resources);
    const session = this.sessionOf(form, page);
    session.onTitle = (name) => setPanelTitle(panel, tabTitle(form.kind, name));
    this.opened.set(key, { panel, session });
    panel.onDidDispose(() => {
      this.opened.delete(key);
      session.dispose();
    });
  }

  private sessionOf(form: Pick<Kept, 'kind' | 'id'> & Partial<Kept>, page: PageHost): PanelSession {
    const { kind, id, options } = form;
    switch (kind) {
      case 'clip':
        return new ClipSession(id, page, this.parts, options);
      case 'job':
        return new JobSession(id, page, this.parts, false, options);
      case 'variation':
        return new JobSession(id, page, this.parts, true, options);
    }
  }

  /** The title, if it is known already. */
  private nameOf(kind: PanelKind, id: string): string {
    const { clips, jobs } = this.parts.store;
    const job = jobs.get(id);
    return kind === 'clip' ? (clips.get(id)?.name ?? id) : job === undefined ? id : jobLabel(job, this.parts.now());
  }
}

function tabTitle(kind: PanelKind, name: string): string {
  switch (kind) {
    case 'clip':
      return l10n.t('{0}: prompt and weights', name);
    case 'job':
      return l10n.t('{0}: job', name);
    case 'variation':
      return l10n.t('{0}: variation', name);
  }
}

function keyOf({ kind, id }: Pick<Kept, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}
