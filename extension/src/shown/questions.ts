/** Quick picks and input boxes. */
import { type Disposable, type QuickPickItem, window } from 'vscode';
import { iconless, inert, plain } from './inert.js';

export interface PickItem<T> {
  /** A codicon before the label. */
  readonly icon?: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string | undefined;
  readonly value: T;
}

export interface PickOptions {
  readonly title?: string | undefined;
  readonly placeHolder?: string | undefined;
  /** It stays open when another window takes the focus. */
  readonly stays?: boolean;
}

/** The chosen item, whose value may be undefined; undefined = closed without an answer. */
export async function pick<T>(choices: readonly PickItem<T>[], options: PickOptions): Promise<Chosen<T> | undefined> {
  return window.showQuickPick(choices.map(itemOf), pickOptions(options));
}

export async function pickMany<T>(choices: readonly PickItem<T>[], options: PickOptions): Promise<T[] | undefined> {
  const chosen = await window.showQuickPick(choices.map(itemOf), { ...pickOptions(options), canPickMany: true });
  return chosen?.map(({ value }) => value);
}

export type Chosen<T> = Pick<PickItem<T>, 'value'>;

function pickOptions({ title, placeHolder, stays }: PickOptions) {
  return {
    ...(title !== undefined && { title: plain(title) }),
    ...(placeHolder !== undefined && { placeHolder: plain(placeHolder) }),
    ...{ ignoreFocusOut: stays ?? false, matchOnDescription: true, matchOnDetail: true },
  };
}

interface Item<T> extends QuickPickItem {
  readonly value: T;
}

function itemOf<T>({ icon, label, description, detail, value }: PickItem<T>): Item<T> {
  return {
    label: icon === undefined ? iconless(label) : `$(${icon}) ${iconless(label)}`,
    ...(description !== undefined && { description: inert(description) }),
    ...(detail !== undefined && { detail: inert(detail, 600) }),
    value,
  };
}

/** A list to which items are added while it is open. */
export class Checklist<T> implements Disposable {
  private readonly list = window.createQuickPick<Item<T>>();
  private closed = false;

  constructor(title: string, placeHolder: string) {
    this.list.title = plain(title);
    this.list.placeholder = plain(placeHolder);
    this.list.busy = true;
    this.list.ignoreFocusOut = true;
    this.list.matchOnDetail = true;
    this.list.onDidHide(() => {
      this.closed = true;
    });
    this.list.show();
  }

  add(choice: PickItem<T>): void {
    this.list.items = [...this.list.items, itemOf(choice)];
  }

  /** The list is complete. Resolves with the chosen item; undefined = the user closed it. */
  async read(choices: readonly PickItem<T>[], placeHolder: string): Promise<T | undefined> {
    this.list.busy = false;
    this.list.items = choices.map(itemOf);
    this.list.placeholder = plain(placeHolder);
    if (this.closed) return undefined;
    return new Promise((resolve) => {
      this.list.onDidHide(() => resolve(undefined));
      this.list.onDidAccept(() => {
        resolve(this.list.activeItems[0]?.value);
        this.list.hide();
      });
    });
  }

  dispose(): void {
    this.list.dispose();
  }
}

export interface InputOptions {
  readonly title: string;
  readonly prompt?: string;
  readonly placeHolder?: string;
  /** The text in the box. It is edited and not drawn, so it is not changed. */
  readonly value?: string;
  readonly password?: boolean;
  /** An error message for the typed text. */
  readonly validateInput?: (text: string) => string | undefined;
}

/** undefined = closed without an answer. */
export async function input(options: InputOptions): Promise<string | undefined> {
  const { title, prompt, placeHolder, validateInput, ...others } = options;
  return window.showInputBox({
    title: plain(title),
    ...(prompt !== undefined && { prompt: inert(prompt, 600) }),
    ...(placeHolder !== undefined && { placeHolder: plain(placeHolder) }),
    ...(validateInput !== undefined && { validateInput: (text: string) => complaint(validateInput(text)) }),
    ...others,
    ignoreFocusOut: true,
  });
}

function complaint(words: string | undefined): string | undefined {
  return words === undefined ? undefined : inert(words, 600);
}
