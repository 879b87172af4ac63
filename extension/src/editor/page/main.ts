/** The page of the editor: shows the state that the extension sends, and sends back what a person changes. */
import type { Action, Broken, Notice, PageState, Pictures } from '../form.js';
import type { FromPage, ToPage } from '../messages.js';
import { element, setText } from './dom.js';
import { FormView } from './form-view.js';

/** What VS Code gives to every webview. */
declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; setState(state: unknown): void };

const code = acquireVsCodeApi();

class Page {
  private readonly title = element('h1');
  private readonly cost = element('p', { class: 'cost', hidden: true });
  private readonly saved = element('p', { class: 'note', role: 'status', hidden: true });
  private readonly locked = element('p', { class: 'banner', role: 'status', hidden: true });
  private readonly notice = element('div', { class: 'banner warning', role: 'alert', hidden: true });
  private readonly broken = element('div', { class: 'banner error', role: 'alert', hidden: true });
  private readonly verdict = element('p', { class: 'verdict', role: 'status', 'aria-live': 'polite' });
  private readonly form = new FormView({
    send: (edit) => code.postMessage({ type: 'edit', edit }),
    reveal: ({ line, column }) => code.postMessage({ type: 'reveal', line, column }),
  });
  private pictures: Pictures = {};
  private shownNotice = '';

  constructor(main: HTMLElement) {
    const head = element('header', {}, this.title, this.cost, this.verdict, this.saved);
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
    setText(this.saved, saved);
    setText(this.cost, broken === null ? (cost?.summary ?? '') : '');
    this.cost.title = cost?.source ?? '';
    setText(
      this.verdict,
      broken !== null ? '' : check === null ? 'Checking...' : 'failed' in check ? check.failed : check.summary,
    );
    this.verdict.className = `verdict ${check !== null && 'issues' in check && !check.ok ? 'error' : ''}`;
    this.form.root.hidden = form === null;
    if (form === null) return;
    setText(this.title, form.title);
    setText(this.locked, form.locked);
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

  private showBroken(broken: Broken | null): void {
    this.broken.hidden = broken === null;
    if (broken === null) return;
    const { sentence, line, column } = broken;
    const show = element('button', { type: 'button' }, 'Open the Text');
    show.addEventListener('click', () => code.postMessage({ type: 'reveal', line, column }));
    const words = `The form cannot show this text: ${sentence} (line ${line}, column ${column}). Nothing of it is changed.`;
    this.broken.replaceChildren(element('p', {}, words), show);
  }

  /** An alert speaks whenever it changes, so it is left alone while it stays the same. */
  private showNotice(notice: Notice | null): void {
    const now = JSON.stringify(notice);
    if (now === this.shownNotice) return;
    this.shownNotice = now;
    this.notice.hidden = notice === null;
    const buttons = notice?.actions.map(({ action, label }) => actionButton(action, label)) ?? [];
    this.notice.replaceChildren(element('p', {}, notice?.sentence ?? ''), ...buttons);
  }
}

function actionButton(action: Action, label: string): HTMLElement {
  const button = element('button', { type: 'button' }, label);
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
