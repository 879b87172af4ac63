/** One window of VS Code, by what a person sees in it. */
import { errors, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { until } from '../../gpu-host/execute.js';
import { PATIENCE } from '../../support/limits.js';

/** For one try of what is tried until it works, in milliseconds. */
const TRY = 8000;

/** Whether the open editors that are stored for a workspace have a text. In JavaScript, because it runs in the page. */
const STORES = `async (text) => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    const database = await done(indexedDB.open(name));
    const editors = await done(
      database.transaction('ItemTable').objectStore('ItemTable').get('memento/workbench.parts.editor'),
    );
    database.close();
    if (String(editors).includes(text)) return true;
  }
  return false;
}`;

export interface OpenOptions {
  /** Absolute. */
  readonly folder?: string;
  /** Absolute file to show. */
  readonly file?: string;
  /** What the workbench reads from its address: name and value. */
  readonly payload?: readonly (readonly [string, string])[];
}

/** Address that VS Code knows a file of the server's machine by. */
export function remoteUri(serverUrl: string, file: string): string {
  return `vscode-remote://${new URL(serverUrl).host}${file}`;
}

export class Workbench {
  constructor(
    readonly page: Page,
    private readonly serverUrl: string,
  ) {}

  /** Loads it anew, until the window is drawn. */
  async open({ folder, file, payload = [] }: OpenOptions): Promise<void> {
    const url = new URL(`${this.serverUrl}/`);
    if (folder !== undefined) url.searchParams.set('folder', folder);
    const entries = file === undefined ? payload : [...payload, ['openFile', remoteUri(this.serverUrl, file)]];
    if (entries.length > 0) url.searchParams.set('payload', JSON.stringify(entries));
    await this.page.goto(url.href);
    await this.statusBar.first().waitFor(); // drawn after the workbench is restored
  }

  /**
   * Loads the window again, once what VS Code has stored of its open editors has this text: it stores what it knows
   * every few seconds only, and nothing at the moment when its page is left.
   */
  async reload(stored: string): Promise<void> {
    const isStored = () => this.page.evaluate<boolean>(`(${STORES})(${JSON.stringify(stored)})`);
    await until(`VS Code has stored ${stored} of its open editors`, isStored, PATIENCE);
    await this.page.reload();
  }

  get statusBar(): Locator {
    return this.page.locator('#workbench\\.parts\\.statusbar .statusbar-item');
  }

  /** The symbol of a view container, for example "Cosmos Bridge"; there once the extensions are read. */
  activity(title: string): Locator {
    return this.page.locator(`.activitybar .action-item a.action-label[aria-label^="${title}"]`);
  }

  /** A view of the side bar, by its name. */
  view(name: string): Locator {
    return this.page.locator('.pane').filter({ has: this.page.locator(`.pane-header[aria-label^="${name}"]`) });
  }

  rows(view: string): Locator {
    return this.view(view).locator('.monaco-list-row');
  }

  /** Clicks one of a row's inline actions, which are there while the pointer is on it. */
  async rowAction(row: Locator, label: string): Promise<void> {
    await row.hover();
    await row.locator(`.action-label[aria-label^="${label}"]`).click();
  }

  /**
   * Chooses from the menu of a row, until what the choice brings is there. In its first 100 ms a menu takes no click, and
   * stays; and it closes when anything else takes the focus, as an editor does that has just opened.
   */
  async menu(row: Locator, label: string, brings: Locator): Promise<void> {
    const choice = this.page.getByRole('menuitem', { name: label });
    const choose = async () => {
      if ((await choice.count()) === 0) await row.click({ button: 'right', timeout: TRY });
      await choice.click({ timeout: TRY });
      await choice.waitFor({ state: 'detached', timeout: 1000 });
      await brings.waitFor({ timeout: TRY });
    };
    const tooSlow = (error: unknown) => {
      if (error instanceof errors.TimeoutError) return false;
      throw error;
    };
    await until(`${label} of a row's menu brings ${brings}`, () => choose().then(() => true, tooSlow), PATIENCE);
  }

  /** Titles that the palette offers for a text, as far as its window shows them; closes it again. */
  async offered(text: string, expected: string): Promise<string[]> {
    return this.palette(`>${text}`, async ({ row, list }) => {
      await row(expected).waitFor({ timeout: TRY });
      const titles = await list.locator('.label-name').allTextContents();
      await this.page.keyboard.press('Escape');
      return titles;
    });
  }

  /** Runs a command by its title in the palette. */
  runCommand(title: string): Promise<void> {
    return this.palette(`>${title}`, ({ row }) => row(title).click({ timeout: TRY }));
  }

  /** The same without the mouse. */
  typeCommand(title: string): Promise<void> {
    return this.palette(`>${title}`, async ({ row, list }) => {
      await row(title).waitFor({ timeout: TRY });
      for (let at = 0; !/\bfocused\b/.test((await row(title).getAttribute('class', { timeout: TRY })) ?? ''); at++) {
        if (at > (await list.count())) throw new errors.TimeoutError(`the keyboard does not reach ${title}`);
        await this.page.keyboard.press('ArrowDown');
      }
      await this.page.keyboard.press('Enter');
    });
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.palette(name, ({ row }) => row(name).click({ timeout: TRY }));
    await this.page.locator('.tab.active').filter({ hasText: name }).waitFor();
  }

  /** The document inside a webview of our extension. */
  get webview(): FrameLocator {
    const outer = this.page.frameLocator('iframe.webview.ready[src*="extensionId=cosmos-bridge.cosmos-bridge"]');
    return outer.frameLocator('iframe#active-frame');
  }

  get notifications(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }

  /**
   * Opens the palette with a text, and does something with what it lists. It lists what is offered at the moment it
   * opens, and closes when anything takes the focus: then it is opened anew. F1 opens it wherever the focus is.
   */
  private async palette<T>(text: string, use: (palette: Palette) => Promise<T>): Promise<T> {
    const list = this.page.locator('.quick-input-list .monaco-list-row');
    const row = (title: string) => list.filter({ hasText: title }).first();
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    const deadline = performance.now() + PATIENCE;
    for (;;) {
      try {
        await this.page.keyboard.press('F1');
        await input.fill(text, { timeout: TRY });
        return await use({ list, row });
      } catch (error) {
        if (!(error instanceof errors.TimeoutError) || performance.now() > deadline) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }
}

/** What is open: the rows that its window shows, and the one of a title. */
interface Palette {
  readonly list: Locator;
  row(title: string): Locator;
}
