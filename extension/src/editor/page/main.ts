/** The page of the editor: shows the state that the extension sends, and sends back what a person changes. */
import './words.js';
import * as l10n from '@vscode/l10n';
import type { Action, Broken, Check, Notice, PageState, Pictures } from '../form.js';
import type { FromPage, ToPage } from '../messages.js';
import { element, say, setText } from './dom.js';
import { FormView } from './form-view.js';

/** What VS Code gives to every webview. */
declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; setState(state: unknown): void };

const code = acquireVsCodeApi();

class Page {
  private readonly title = element('h1');
  private readonly cost = element('summary');
  private readonly costSource = element('p', { class: 'note' });
  private readonly costs = element('details', { class: 'cost', hidden: true }, this.cost, this.costSource);
  private readonly saved = element('p', { class: 'note', role: 'status' });
  private readonly locked = element('p', { class: 'banner', role: 'status', hidden: true });
  private readonly notice = element('div', { class: 'banner warning', role: 'alert', hidden: true });
  private readonly broken = element('div', { class: 'banner error', role: 'alert', hidden: true });
  private readonly verdict = element('p', { class: 'verdict', role: 'status' });
  private readonly form = new FormView({
    send: (edit) => {
      this.sent++;
      code.postMessage({ type: 'edit', edit });
    },
    reveal: ({ line, column }) => code.postMessage({ type: 'reveal', line, column }),
  });
  private pictures: Pictures = {};
  private shownNotice = '';
  /** Edits sent by this page. */
  private sent = 0;

  constructor(main: HTMLElement) {
    const head = element(
      'header',
      {},
      this.title,
      this.costs,
      element('div', { class: 'line' }, this.verdict, this.saved),
    );
    this.form.root.hidden = true;
    this.form.root.addEventListener('submit', (event) => event.preventDefault());
    main.append(head, this.broken, this.locked, this.notice, this.form.root);
  }

  show(state: PageState): void {
    if (state.job !== '') code.setState({ job: state.job });
    const { form, broken, check, cost, notice, saved } = state;
    document.body.classList.toggle('job', form?.kind === 'job');
    this.showBroken(broken);
    this.showNotice(notice);
    say(this.saved, saved);
    this.costs.hidden = broken !== null || cost === null;
    say(this.cost, cost?.summary ?? '');
    say(this.costSource, cost?.source ?? '');
    this.showVerdict(broken === null ? check : undefined);
    this.form.root.hidden = form === null;
    if (form === null) return;
    setText(this.title, form.title);
    setText(this.locked, form.locked);
    if (state.handled < this.sent) return;
    this.form.show(form, state);
    this.form.showPictures(this.pictures);
  }

  showPictures(pictures: Pictures): void {
    this.pictures = pictures;
    this.form.showPictures(pictures);
  }

  flush(): void {
    this.form.flush();
  }

  /** undefined = there is nothing to check; null = the answer is not there yet, and the last one stays. */
  private showVerdict(check: Check | null | undefined): void {
    if (check === null && this.verdict.textContent !== '') return;
    const words =
      check === null
        ? l10n.t('Checking...')
        : check === undefined
          ? ''
          : 'failed' in check
            ? check.failed
            : check.summary;
    say(this.verdict, words);
    this.verdict.classList.toggle('error', check !== null && check !== undefined && 'issues' in check && !check.ok);
  }

  private showBroken(broken: Broken | null): void {
    this.broken.hidden = broken === null;
    if (broken === null) return;
    const { sentence, line, column } = broken;
    const show = element('button', { type: 'button' }, l10n.t('Open the Text'));
    show.addEventListener('click', () => code.postMessage({ type: 'reveal', line, column }));
    const words = l10n.t(
      'The form cannot show this text: {0} (line {1}, column {2}). Nothing of it is changed.',
      ...[sentence, line, column],
    );
    this.broken.replaceChildren(element('p', {}, words), show);
  }

  /** An alert speaks whenever it changes, so it is left alone while it stays the same. */
  private showNotice(notice: Notice | null): void {
    const now = JSON.stringify(notice);
    if (now === this.shownNotice) return;
    this.shownNotice = now;
    this.notice.hidden = notice === null;
    const buttons = notice?.actions.map(({ action, label }) => actionButton(action, label)) ?? [];
    const details = notice?.details?.map((words) => element('li', {}, words)) ?? [];
    const list = details.length === 0 ? [] : [element('ul', { class: 'details' }, ...details)];
    this.notice.replaceChildren(element('p', {}, notice?.sentence ?? ''), ...list, ...buttons);
  }
}

function actionButton(action: Action, label: string): HTMLElement {
  const button = element('button', { type: 'button', class: action === 'discard' ? 'secondary' : '' }, label);
  button.addEventListener('click', () => code.postMessage({ type: 'action', action }));
  return button;
}

const main = document.querySelector('main');
if (main === null) throw new Error('the document has a main element');
const page = new Page(main);
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.type === 'state') page.show(data.state);
  else page.showPictures(data.pictures);
});
window.addEventListener('blur', () => page.flush());
code.postMessage({ type: 'ready' });
