/** The page of the editor. It shows the state from the extension and sends back what the user changes. */
import './words.js';
import * as l10n from '@vscode/l10n';
import type { Action, Broken, Check, Notice, PageState, Pictures } from '../form.js';
import type { FromPage, ToPage } from '../messages.js';
import { element, say, setText } from './dom.js';
import { FormView } from './form-view.js';
import { SendBar } from './send-bar.js';

/** The functions that VS Code gives to every webview. */
declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; setState(state: unknown): void };

const code = acquireVsCodeApi();

class Page {
  private readonly title = element('h1');
  private readonly lead = element('p', { class: 'lead', role: 'status' });
  private readonly cost = element('summary');
  private readonly costSource = element('p', { class: 'note' });
  private readonly costs = element('details', { class: 'cost', hidden: true }, this.cost, this.costSource);
  private readonly saved = element('p', { class: 'note', role: 'status' });
  private readonly locked = element('p', { class: 'banner', role: 'status', hidden: true });
  private readonly notices = element('div', { role: 'status' });
  private readonly broken = element('div', { class: 'banner error', role: 'alert', hidden: true });
  private readonly verdict = element('p', { class: 'verdict', role: 'status' });
  private readonly where = element('button', { type: 'button', class: 'link', hidden: true }, l10n.t('Show'));
  private readonly form = new FormView({
    send: (edit) => {
      this.sent++;
      code.postMessage({ type: 'edit', edit });
    },
    act: (action) => this.act(action),
    reveal: ({ line, column }) => code.postMessage({ type: 'reveal', line, column }),
    repair: ({ code: rule }, says) => code.postMessage({ type: 'repair', code: rule, says }),
  });
  private readonly bar = new SendBar({
    act: (action) => this.act(action),
    isBehind: () => {
      this.form.flush();
      return this.handled < this.sent;
    },
    blocked: (leadsTo) => leadsTo !== null && this.form.lead(leadsTo),
  });
  private pictures: Pictures = {};
  private absent = l10n.t('no picture yet');
  private shownNotices = '';
  /** An empty prompt gets the focus once. */
  private hasLed = false;
  /** The number of edits that this page has sent, and how many of them the extension has processed. */
  private sent = 0;
  private handled = 0;

  constructor(main: HTMLElement) {
    const head = element(
      'header',
      {},
      this.title,
      this.lead,
      this.costs,
      element('div', { class: 'line' }, this.verdict, this.where, this.saved),
    );
    this.where.addEventListener('click', () => this.form.lead('finding'));
    this.form.root.hidden = true;
    this.form.root.addEventListener('submit', (event) => event.preventDefault());
    main.append(head, this.broken, this.locked, this.notices, this.form.root, this.bar.root);
  }

  show(state: PageState): void {
    if (state.keep !== null) code.setState(state.keep);
    const { form, broken, check, cost, notices, saved, lead } = state;
    document.body.classList.toggle('textless', form?.kind !== 'spec');
    document.body.classList.toggle('variation', form?.kind === 'job' && state.send !== null);
    this.showBroken(broken);
    this.showNotices(notices);
    say(this.saved, saved);
    setText(this.lead, lead);
    this.costs.hidden = broken !== null || cost === null;
    say(this.cost, cost?.summary ?? '');
    say(this.costSource, cost?.source ?? '');
    this.showVerdict(broken === null ? check : undefined);
    this.bar.show(state);
    this.form.root.hidden = form === null;
    if (form === null) return;
    setText(this.title, form.title);
    setText(this.locked, form.locked);
    this.handled = state.handled;
    if (state.handled < this.sent) return;
    this.form.show(form, state);
    this.form.showPictures(this.pictures, this.absent);
    if (!this.hasLed && state.send?.leadsTo === 'prompt') this.form.lead('prompt');
    this.hasLed = true;
  }

  showPictures(pictures: Pictures, absent: string): void {
    this.pictures = pictures;
    this.absent = absent;
    this.form.showPictures(pictures, absent);
  }

  flush(): void {
    this.form.flush();
  }

  /** A key presses the main button. What was typed last is sent first. */
  send(): void {
    this.bar.press();
  }

  /** undefined = there is nothing to check; null = the result has not arrived, and the last one stays. */
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
    const issues = check !== null && check !== undefined && 'issues' in check ? check.issues : [];
    this.where.hidden = issues.every(({ severity }) => severity === 'info');
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

  /** Sends what was typed last, so that the action includes it. */
  private act(action: Action): void {
    this.form.flush();
    code.postMessage({ type: 'action', action });
  }

  /** A screen reader reads a live region whenever it is set, so an equal text is not set again. */
  private showNotices(notices: readonly Notice[]): void {
    const now = JSON.stringify(notices);
    if (now === this.shownNotices) return;
    this.shownNotices = now;
    this.notices.replaceChildren(...notices.map((notice) => this.banner(notice)));
  }

  private banner({ sentence, details = [], actions }: Notice): HTMLElement {
    const buttons = actions.map(({ action, label }) => {
      const button = element('button', { type: 'button', class: 'secondary' }, label);
      button.addEventListener('click', () => this.act(action));
      return button;
    });
    const list =
      details.length === 0
        ? []
        : [element('ul', { class: 'details' }, ...details.map((one) => element('li', {}, one)))];
    return element('div', { class: 'banner' }, element('p', {}, sentence), ...list, ...buttons);
  }
}

const main = document.querySelector('main');
if (main === null) throw new Error('the document has a main element');
const page = new Page(main);
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.type === 'state') page.show(data.state);
  else page.showPictures(data.pictures, data.absent);
});
window.addEventListener('blur', () => page.flush());
window.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  page.send();
});
code.postMessage({ type: 'ready' });
