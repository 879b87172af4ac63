/** The form of one spec document. The text is the only state: what it shows is read from it, what it changes is an edit of it. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { commands, Disposable, Position, Range, type TextDocument, ViewColumn, WorkspaceEdit, workspace } from 'vscode';
import type { Clip, Dialect } from '../../../schemas/index.js';
import { dialectOf } from '../../../schemas/spec/dialect.js';
import { isSamePath } from '../same-path.js';
import { ClipPictures } from './clip-pictures.js';
import type { FormEdit, Notice, PageState } from './form.js';
import { Latest } from './latest.js';
import type { FromPage } from './messages.js';
import type { PageHost } from './page-host.js';
import type { EditorParts } from './parts.js';
import { changeOf, type Removed } from './spec-edits.js';
import { type FormFacts, specForm } from './spec-form.js';
import { SpecText } from './spec-text.js';
import { translateDocument } from './spec-translation.js';
import { readOnlyNotice, SPEC_MODELS } from './spec-words.js';
import { checkOf, costOf } from './verdict.js';

/** Milliseconds of quiet before a text is checked. */
const QUIET = 300;

type Verdict = Pick<PageState, 'check' | 'cost'>;

export class SpecSession {
  private readonly removed: Removed = new Map();
  private readonly checks: Latest<SpecText, Verdict>;
  private readonly pictures: ClipPictures;
  private readonly listeners: Disposable;
  private verdict: Verdict = { check: null, cost: null };
  private notice: Notice | null = null;
  /** A clip that changes is another object: the spec may say something else of it then. */
  private shownClip: Clip | null = null;
  /** Edits of the page that are in the text, or were refused. */
  private handled = 0;
  /** Edits one after the other: each is made of the text that the one before left. */
  private editing: Promise<void> = Promise.resolve();

  constructor(
    private readonly document: TextDocument,
    private readonly page: PageHost,
    private readonly parts: EditorParts,
  ) {
    const { link, store } = parts;
    this.checks = new Latest(
      QUIET,
      (spec) => this.ask(spec),
      (answer) => this.judge(answer),
    );
    this.pictures = new ClipPictures(link, (pictures) => page.post({ type: 'pictures', pictures }));
    this.listeners = Disposable.from(
      page.onMessage((message) => this.hear(message)),
      workspace.onDidChangeTextDocument((change) => {
        if (change.document === document && change.contentChanges.length > 0) this.changed();
      }),
      { dispose: store.onChange(({ kind }) => (kind === 'clip' || kind === 'all') && this.clipMoved()) },
      { dispose: link.onState(({ kind }) => kind === 'connected' && this.read()) },
    );
  }

  dispose(): void {
    this.checks.cancel();
    this.listeners.dispose();
  }

  private hear(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        this.handled = 0;
        this.pictures.forget();
        this.read();
        break;
      case 'edit':
        this.editing = this.editing.then(() => this.take(message.edit));
        break;
      case 'reveal':
        void this.reveal(message.line, message.column);
        break;
      case 'action':
        if (message.action === 'openText') void this.reveal(1, 1);
        break;
      default:
        message satisfies never;
    }
  }

  /** The text is new: show it, and have it checked. */
  private read(): void {
    const spec = this.show();
    if (spec === undefined) this.checks.cancel();
    else this.checks.next(spec);
  }

  /** What was told was of the text before. */
  private changed(): void {
    this.notice = null;
    this.read();
  }

  private clipMoved(): void {
    if (this.clip() !== this.shownClip) this.read();
  }

  private show(): SpecText | undefined {
    const read = SpecText.read(this.document.getText());
    const spec = read instanceof SpecText ? read : undefined;
    const form = spec === undefined ? null : specForm(spec, this.facts(spec));
    const broken = read instanceof SpecText ? null : read;
    const state: PageState = {
      job: '',
      handled: this.handled,
      form,
      broken,
      ...this.verdict,
      notice: this.notice,
      saved: '',
    };
    this.page.post({ type: 'state', state });
    this.shownClip = this.clip();
    void this.pictures.of(this.shownClip);
    return spec;
  }

  private async take(edit: FormEdit): Promise<void> {
    await this.edit(edit);
    this.handled++;
    this.show();
  }

  private async edit(edit: FormEdit): Promise<void> {
    if (edit.field === 'model') return this.translate(dialectOf(edit.value));
    const spec = SpecText.read(this.document.getText());
    if (!(spec instanceof SpecText)) return; // broken by hand at the same moment; the page says so already
    const change = changeOf(edit, spec, this.facts(spec), this.removed);
    const edits = new WorkspaceEdit();
    for (const { offset, length, content } of spec.edits(change)) {
      const range = new Range(this.document.positionAt(offset), this.document.positionAt(offset + length));
      edits.replace(this.document.uri, range, content);
    }
    const done = edits.size === 0 || (await workspace.applyEdit(edits));
    this.notice = done ? null : readOnlyNotice();
  }

  private async translate(to: Dialect): Promise<void> {
    this.removed.clear(); // the other model knows them by other names
    this.notice = await translateDocument(this.document, to, this.parts.link);
  }

  private async ask(spec: SpecText): Promise<Verdict> {
    const { link } = this.parts;
    const file = this.document.uri.fsPath;
    const { report, outlook } = await link.call('spec.check', { file, text: spec.text, engine: spec.dialect });
    const cost = outlook[0]?.cost ?? null;
    return { check: checkOf(report), cost: cost === null ? null : costOf(cost.estimate) };
  }

  private judge(answer: Verdict | Error): void {
    this.verdict = answer instanceof Error ? { check: { failed: answer.message }, cost: null } : answer;
    this.show();
  }

  private facts(spec: SpecText): FormFacts {
    const file = this.document.uri.fsPath;
    return {
      ...{ kind: 'spec', engine: spec.dialect, file, clip: this.clip(), locked: '' },
      title: path.basename(file),
      models: SPEC_MODELS,
      modelNote: l10n.t('Another model is a translation of the text: you are told what is not the same in it.'),
    };
  }

  /** The clip that the spec lies beside. */
  private clip(): Clip | null {
    const file = this.document.uri.fsPath;
    const clips = [...this.parts.store.clips.values()];
    const isItsSpec = ({ specFile, path: folder }: Clip) => {
      return isSamePath(specFile ?? folder, file) || isSamePath(folder, path.dirname(file));
    };
    return clips.find(isItsSpec) ?? null;
  }

  private async reveal(line: number, column: number): Promise<void> {
    const at = new Position(line - 1, column - 1);
    await commands.executeCommand('vscode.openWith', this.document.uri, 'default', {
      viewColumn: ViewColumn.Beside,
      selection: new Range(at, at),
    });
  }
}
