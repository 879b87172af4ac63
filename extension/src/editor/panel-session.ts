/**
 * A form of something that the daemon knows: what it shows is asked for, what a person changes is wished or sent. One
 * thing after the other: what is undone is what the change before it left.
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
  /** Told the name of what the form is of, which may be known late. */
  onTitle: (title: string) => void = () => {};
  protected form: Form | null = null;
  /** Why the daemon did not say what to show; empty = it did. */
  protected failed = '';
  protected readonly pictures: ClipPictures;
  private readonly unlisten: (() => void)[];
  /** Edits of the page that the form has, or that were refused. */
  private handled = 0;
  private working: Promise<void> = Promise.resolve();
  private isLookDue = false;
  /** What can be chosen of the hosts, as it was told last: they are looked at often, and rarely change. */
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

  /** Does the change mean that something else is to be shown? */
  protected abstract isAbout(change: Change): boolean;
  /** Asks the daemon for what is to be shown. @throws Problem */
  protected abstract look(): Promise<void>;
  protected abstract make(edit: FormEdit, form: Form): void;
  /** @throws Problem, GivenUp */
  protected abstract does(action: Action): Promise<void>;
  /** The repair that a finding offers, known by its words. */
  protected abstract repair(code: string, says: string): FormEdit | undefined;
  protected abstract state(): Omit<PageState, 'handled'>;

  /** The page is new, or seen again. */
  protected opened(): void {}

  protected moved(): void {
    this.lookAgain();
  }

  /** Many changes in short order are looked at once. */
  protected lookAgain(): void {
    if (this.isLookDue) return;
    this.isLookDue = true;
    this.work(async () => {
      this.isLookDue = false;
    });
  }

  /** Shows what is known, without asking anew. */
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
      case 'reveal': // there is no text of its own to show
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
