/** The buttons below the form and the sentence beside them. They stay visible while the form is scrolled. */
import type { Action, PageState } from '../form.js';
import { element, say } from './dom.js';

export interface BarEvents {
  readonly act: (action: Action) => void;
  /** Called if the main button is pressed while it is blocked, to show what blocks it. */
  readonly blocked: (leadsTo: 'error' | 'prompt' | null) => void;
  /** Sends what was typed last; true = the extension has not answered it yet. */
  readonly isBehind: () => boolean;
}

export class SendBar {
  readonly root = element('div', { class: 'bar', hidden: true });
  private readonly main = element('button', { type: 'button', 'aria-describedby': 'send-why' });
  private readonly others = element('div', { class: 'others' });
  private readonly why = element('p', { id: 'send-why', class: 'note', role: 'status' });
  private shownOthers = '';
  private send: PageState['send'] = null;

  constructor(private readonly events: BarEvents) {
    this.main.addEventListener('click', () => this.press());
    this.root.append(this.main, this.others, this.why);
  }

  show({ send, buttons }: Pick<PageState, 'send' | 'buttons'>): void {
    this.send = send;
    this.root.hidden = send === null && buttons.length === 0;
    this.main.hidden = send === null;
    say(this.main, send?.label ?? '');
    // Not disabled: Tab must reach it so that it can say why it is blocked, and a click shows what is missing.
    this.main.setAttribute('aria-disabled', String(send !== null && send.blocked !== ''));
    say(this.why, send === null ? '' : send.blocked || send.said);
    this.why.classList.toggle('error', send !== null && send.leadsTo === 'error');
    const now = JSON.stringify(buttons);
    if (now === this.shownOthers) return;
    this.shownOthers = now;
    this.others.replaceChildren(...buttons.map(({ action, label }) => this.button(action, label)));
  }

  /** Does what a press of the main button does. */
  press(): void {
    if (this.send === null) return;
    if (this.events.isBehind() || this.send.blocked === '') this.events.act('send');
    else this.events.blocked(this.send.leadsTo);
  }

  private button(action: Action, label: string): HTMLElement {
    const button = element('button', { type: 'button', class: 'secondary' }, label);
    button.addEventListener('click', () => this.events.act(action));
    return button;
  }
}
