/**
 * A form for something that the daemon knows. What it shows is read from the daemon; what the user changes is kept as
 * options or sent. Edits run one after the other, because each starts from the result of the one before.
 */
import type { Disposable } from 'vscode';
import type { Change } from '../../../client/store.js';
import { GivenUp } from '../commands/ask.js';
import { problemOf } from '../problem.js';
import { showProblem } from '../show-problem.js';
import { hostsKey } from './choices.js';
import { ClipPictures } from './clip-pictures.js';
import type { Action, Form, FormEdit, PageState } from './form.js';
import type { FromPage } from './messages.js';
import type { PageHost } from './page-host.js';
import type { EditorParts } from './parts.js';

export abstract class PanelSession implements Disposable {
  /** Called with the title of the form, which may be known late. */
  onTitle: (title: string) => void = () => {};
  protected form: Form | null = null;
  /** Why the daemon gave no content for the form; empty = it did. */
  protected failed = '';
  protected readonly pictures: ClipPictures;
  private readonly unlisten: (() => void)[];
  /** The number of edits of the page that the form contains or that were refused. */
  private handled = 0;
  private working: Promise<void> = Promise.resolve();
  private isLookDue = false;
  /** The last key of the host choices. Hosts report often, and their choices rarely change. */
  private hosts = '';

  constructor(
    private readonly page: PageHost,
    protected readonly parts: EditorParts,
  ) {
    const { link, store } = parts;
    this.pictures = new ClipPictures(link, (message) => page.post({ type: 'pictures', ...message }));
    const heard = page.onMessage((message) => this.hear(message));
    this.unlisten = [
      () => heard.dispose(),
      store.onChange((change) => (this.haveHostsMoved(change) || this.isAbout(change)) && this.moved()),
      link.onState(({ kind }) => kind === 'connected' && this.lookAgain()),
    ];
  }

  act(action: Action): void {
    this.work(() => this.does(action));
  }

  dispose(): void {
    for (const stop of this.unlisten) stop();
  }

  /** Whether a change of the store changes what the form shows. */
  protected abstract isAbout(change: Change): boolean;
  /** Reads from the daemon what the form shows. @throws Problem */
  protected abstract look(): Promise<void>;
  protected abstract make(edit: FormEdit, form: Form): void;
  /** @throws Problem, GivenUp */
  protected abstract does(action: Action): Promise<void>;
  /** Makes the repair that a finding offers; it is named by its words. */
  protected abstract repair(code: string, says: string): FormEdit | undefined;
  protected abstract state(): Omit<PageState, 'handled'>;

  /** The page is new, or visible again. */
  protected opened(): void {}

  protected moved(): void {
    this.lookAgain();
  }

  /** Several changes in quick succession cause one look. */
  protected lookAgain(): void {
    if (this.isLookDue) return;
    this.isLookDue = true;
    this.work(async () => {
      this.isLookDue = false;
    });
  }

  /** Draws again what is known, without asking the daemon. */
  protected show(): void {
    const state = this.state();
    this.form = state.form;
    if (state.form !== null) this.onTitle(state.form.title);
    this.page.post({ type: 'state', state: { ...state, handled: this.handled } });
  }

  private haveHostsMoved({ kind }: Change): boolean {
    if (kind !== 'host' && kind !== 'all') return false;
    const before = this.hosts;
    this.hosts = hostsKey([...this.parts.store.hosts.values()]);
    return this.hosts !== before;
  }

  private hear(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        this.handled = 0;
        this.pictures.forget();
        this.opened();
        this.work(async () => {});
        break;
      case 'edit':
        this.work(async () => this.take(message.edit), 1);
        break;
      case 'repair':
        this.work(async () => this.take(this.repair(message.code, message.says)));
        break;
      case 'action':
        this.act(message.action);
        break;
      case 'reveal': // these forms have no text to show
        break;
      default:
        message satisfies never;
    }
  }

  private take(edit: FormEdit | undefined): void {
    if (edit !== undefined && this.form !== null && this.form.locked === '') this.make(edit, this.form);
  }

  private work(task: () => Promise<void>, edits = 0): void {
    this.working = this.working.then(() => this.done(task, edits));
  }

  private async done(task: () => Promise<void>, edits: number): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (!(error instanceof GivenUp)) void showProblem(this.parts, error);
    }
    try {
      await this.look();
      this.failed = '';
    } catch (error) {
      this.failed = problemOf(error).message;
    }
    this.handled += edits;
    this.show();
  }
}
