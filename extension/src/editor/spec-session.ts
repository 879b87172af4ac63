/**
 * The form of one spec document. The text is the only state: the form is read from it, and each change is an edit of
 * it.
 */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { commands, Disposable, Position, Range, type TextDocument, ViewColumn, WorkspaceEdit, workspace } from 'vscode';
import type { Dialect } from '../../../schemas/index.js';
import type { CheckReport, Clip } from '../../../schemas/received.js';
import { dialectOf } from '../../../schemas/spec/dialect.js';
import { NewestAnswer } from '../newest-answer.js';
import { isSamePath } from '../same-path.js';
import { editOf } from '../spec/ranges.js';
import { checkOf, costOf } from './check-text.js';
import { ClipPictures } from './clip-pictures.js';
import type { Action, FormEdit, Notice, PageState, Send } from './form.js';
import type { FromPage } from './messages.js';
import type { PageHost } from './page-host.js';
import type { EditorParts } from './parts.js';
import { sendState } from './send-words.js';
import { changeOf, type Removed } from './spec-edits.js';
import { type FormFacts, specForm } from './spec-form.js';
import { SpecText } from './spec-text.js';
import { translateDocument } from './spec-translation.js';
import { readOnlyNotice, SPEC_MODELS } from './spec-words.js';

/** Milliseconds of quiet before a text is checked. */
const QUIET = 300;
/** Key of the only question of a session: the check of its text. */
const TEXT = 'text';

interface CheckState extends Pick<PageState, 'cost'> {
  /** null = the result has not arrived. */
  readonly report: CheckReport | null;
  /** Why there is no result; empty = no failure. */
  readonly failed: string;
}

export class SpecSession {
  private readonly removed: Removed = new Map();
  private readonly checks: NewestAnswer<CheckState>;
  private readonly pictures: ClipPictures;
  private readonly listeners: Disposable;
  private lastCheck: CheckState = { report: null, cost: null, failed: '' };
  /** The text that was checked last. */
  private checked: SpecText | undefined;
  private notice: Notice | null = null;
  /** The clip that was shown. A changed clip is another object, and the form may differ then. */
  private shownClip: Clip | null = null;
  /** The number of edits of the page that are in the text or were refused. */
  private handled = 0;
  /** Edits run one after the other, because each starts from the text that the one before left. */
  private editing: Promise<void> = Promise.resolve();

  constructor(
    private readonly document: TextDocument,
    private readonly page: PageHost,
    private readonly parts: EditorParts,
  ) {
    const { link, store } = parts;
    this.checks = new NewestAnswer((_key, answer) => this.judge(answer), QUIET);
    this.pictures = new ClipPictures(link, (shown) => page.post({ type: 'pictures', ...shown }));
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
    this.checks.dispose();
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
      case 'repair':
        this.editing = this.editing.then(() => this.repair(message.code, message.says));
        break;
      case 'action':
        void this.does(message.action);
        break;
      default:
        message satisfies never;
    }
  }

  /** Shows a new text and has it checked. */
  private read(): void {
    const spec = this.show();
    if (spec === undefined) this.checks.forget(TEXT);
    else this.checks.want(TEXT, () => this.ask(spec));
  }

  /** The notice was about the text before. */
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
    const { report, cost, failed } = this.lastCheck;
    const state: PageState = {
      keep: null,
      handled: this.handled,
      form,
      broken,
      check: failed !== '' ? { failed } : report === null ? null : checkOf(report),
      cost,
      lead: '',
      notices: this.notice === null ? [] : [this.notice],
      send: spec === undefined ? null : this.sendState(spec),
      buttons: spec === undefined ? [] : [{ action: 'dryRun', label: l10n.t('Dry Run') }],
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
    if (edit.field === 'weights' || edit.field === 'preset' || edit.field === 'host') return; // a spec has none
    const spec = SpecText.read(this.document.getText());
    if (!(spec instanceof SpecText)) return; // the user has just broken the text; the page says so already
    const change = changeOf(edit, spec, this.facts(spec), this.removed);
    const edits = new WorkspaceEdit();
    for (const { start, end, text } of spec.edits(change)) {
      const range = new Range(this.document.positionAt(start), this.document.positionAt(end));
      edits.replace(this.document.uri, range, text);
    }
    await this.apply(edits);
  }

  private async apply(edits: WorkspaceEdit): Promise<void> {
    const done = edits.size === 0 || (await workspace.applyEdit(edits));
    this.notice = done ? null : readOnlyNotice();
  }

  /** Makes the repair that a finding offers, as one edit of the text that was checked. */
  private async repair(code: string, says: string): Promise<void> {
    const { report } = this.lastCheck;
    if (report === null || this.checked?.text !== this.document.getText()) return;
    const offers = report.issues.filter((issue) => issue.code === code).flatMap((issue) => issue.offers ?? []);
    const offer = offers.find((one) => one.says === says);
    const edits = new WorkspaceEdit();
    if (offer !== undefined) edits.set(this.document.uri, offer.edits.map(editOf));
    await this.apply(edits);
    this.show();
  }

  /** Sending and dry run are commands for specs, which save the text first. */
  private async does(action: Action): Promise<void> {
    const { uri } = this.document;
    if (action === 'openText') return this.reveal(1, 1);
    if (action === 'send') await commands.executeCommand('cosmos.spec.send', uri);
    if (action === 'dryRun') await commands.executeCommand('cosmos.spec.dryRun', uri);
  }

  private sendState(spec: SpecText): Send {
    const { report, failed } = this.lastCheck;
    return sendState(l10n.t('Send...'), {
      ...{ isTrusted: workspace.isTrusted, refused: failed, report },
      prompt: spec.string('prompt') ?? spec.string('prompt_path') ?? '-', // if there is none, the check reports it
      ...{ hosts: [], engine: spec.dialect, host: null },
    });
  }

  private async translate(to: Dialect): Promise<void> {
    this.removed.clear(); // the other model has other names for them
    this.notice = await translateDocument(this.document, to, this.parts.link);
  }

  private async ask(spec: SpecText): Promise<CheckState> {
    const { link } = this.parts;
    const file = this.document.uri.fsPath;
    const { report, outlook } = await link.call('spec.check', { file, text: spec.text, engine: spec.dialect });
    this.checked = spec;
    const cost = outlook[0]?.cost ?? null;
    return { report, failed: '', cost: cost === null ? null : costOf(cost.estimate) };
  }

  private judge(answer: CheckState | Error): void {
    this.lastCheck = answer instanceof Error ? { report: null, cost: null, failed: answer.message } : answer;
    this.show();
  }

  private facts(spec: SpecText): FormFacts {
    const file = this.document.uri.fsPath;
    return {
      ...{ kind: 'spec', engine: spec.dialect, file, clip: this.clip(), locked: '' },
      ...{ title: path.basename(file), models: SPEC_MODELS, preset: null, host: null, passes: [] },
      modelNote: l10n.t('Another model rewrites this text; you are shown what changes.'),
    };
  }

  /** The clip whose folder contains the spec. */
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
