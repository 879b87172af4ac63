/** The daemon's checks of the open specs. Each change of a text is checked, whether saved or not. */
import path from 'node:path';
import { Disposable, EventEmitter, type TextDocument, workspace } from 'vscode';
import type { ResultOf } from '../../../schemas/index.js';
import type { Bridge } from '../bridge.js';
import { NewestAnswer } from '../newest-answer.js';
import { isSamePath } from '../same-path.js';
import { jobIdOf } from './job-uri.js';
import { isSpec } from './spec-files.js';

export interface Checked extends ResultOf<'spec.check'> {
  readonly document: TextDocument;
  /** Version of the text that was checked. */
  readonly version: number;
}

export class SpecChecks {
  private readonly known = new Map<string, Checked>();
  private readonly changes = new EventEmitter<TextDocument>();
  /** Fires when a document was checked, or its last check was dropped. */
  readonly onDidChange = this.changes.event;
  private readonly asking = new NewestAnswer<Checked>((key, checked) => {
    if (checked instanceof Error) return; // the log has it
    this.known.set(key, checked);
    this.changes.fire(checked.document);
  });
  private readonly subscriptions: Disposable;

  constructor(private readonly bridge: Pick<Bridge, 'link' | 'store' | 'log'>) {
    this.subscriptions = Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.look(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.look(document)),
      workspace.onDidSaveTextDocument(() => this.lookAtAll()), // a file that another spec names may exist now
      workspace.onDidCloseTextDocument((document) => this.forget(document)),
      workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('cosmos.spec') && this.lookAtAll()),
      new Disposable(bridge.store.onChange((change) => change.kind === 'clip' && this.lookBeside(change.id))),
      new Disposable(bridge.link.onState(({ kind }) => (kind === 'connected' ? this.lookAtAll() : this.forgetAll()))),
    );
    this.lookAtAll();
  }

  /** The check of the current text; undefined while there is no connection or no answer. */
  of(document: TextDocument): Checked | undefined {
    const checked = this.known.get(keyOf(document));
    return checked?.version === document.version ? checked : undefined;
  }

  /** The check of the current or an earlier text, for features that may lag behind. */
  latest(document: TextDocument): Checked | undefined {
    return this.known.get(keyOf(document));
  }

  /** Checks now and waits for the answer. @throws Problem */
  async ask(document: TextDocument): Promise<Checked> {
    const { version } = document;
    const job = jobIdOf(document.uri);
    const file = job === undefined ? document.uri.fsPath : `/${job}/spec.json`; // a job has other files
    const params = { file, text: document.getText(), ...(job === undefined ? {} : { job }) };
    return { ...(await this.bridge.link.call('spec.check', params)), document, version };
  }

  /** Like {@link ask}; then it fires {@link onDidChange}. @throws Problem */
  async check(document: TextDocument): Promise<Checked> {
    const checked = await this.ask(document);
    this.known.set(keyOf(document), checked);
    this.changes.fire(document);
    return checked;
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.asking.dispose();
    this.changes.dispose();
  }

  private lookAtAll(): void {
    for (const document of workspace.textDocuments) this.look(document);
  }

  /** A changed clip may have other frames or passes, so the spec in its folder is checked again. */
  private lookBeside(clip: string): void {
    const { path: at, specFile } = this.bridge.store.clips.get(clip) ?? {};
    for (const document of workspace.textDocuments) {
      const file = document.uri.fsPath;
      const places = [specFile ?? at, at && path.join(at, path.basename(file))];
      if (places.some((place) => place && isSamePath(place, file))) this.look(document);
    }
  }

  private look(document: TextDocument): void {
    if (!isSpec(document)) this.forget(document);
    else if (this.bridge.link.state.kind === 'connected') this.want(document);
  }

  private want(document: TextDocument): void {
    this.asking.want(keyOf(document), async () => {
      try {
        return await this.ask(document);
      } catch (error) {
        this.bridge.log.warn(`${document.uri.path} could not be checked: ${error}`);
        throw error;
      }
    });
  }

  private forget(document: TextDocument): void {
    this.asking.forget(keyOf(document));
    if (this.known.delete(keyOf(document))) this.changes.fire(document);
  }

  private forgetAll(): void {
    for (const document of workspace.textDocuments) this.forget(document);
  }
}

function keyOf({ uri }: TextDocument): string {
  return uri.toString();
}
