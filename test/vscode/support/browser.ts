/** Headless Chromium with a throw-away profile; nothing but this machine can be reached from it. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { PATIENCE } from '../../support/limits.js';

const ARGS = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];

export class Browser {
  /** Addresses outside this machine that were asked for; none is answered. */
  readonly outside: string[] = [];

  private constructor(private readonly context: BrowserContext) {}

  /** `profile` is a folder of its own. */
  static async start(profile: string, viewport = { width: 1280, height: 800 }): Promise<Browser> {
    const options = { executablePath: chromiumProgram(), headless: true, viewport, args: ARGS };
    const context = await chromium.launchPersistentContext(profile, options);
    context.setDefaultTimeout(PATIENCE);
    const browser = new Browser(context);
    await context.route(isOutside, (route) => {
      browser.outside.push(route.request().url());
      return route.abort();
    });
    return browser;
  }

  /** A window. */
  newPage(): Promise<Page> {
    return this.context.newPage();
  }

  /** A PNG of every window into a folder: 0.png is the first. */
  async screenshots(folder: string): Promise<void> {
    const files = this.context.pages().map((page, index) => ({ page, path: path.join(folder, `${index}.png`) }));
    await Promise.all(files.map(({ page, path: file }) => page.screenshot({ path: file })));
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

function isOutside({ protocol, hostname }: URL): boolean {
  return /^https?:$/.test(protocol) && !['127.0.0.1', 'localhost'].includes(hostname);
}

function chromiumProgram(): string {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const program = path.join(folder, 'chromium');
    try {
      accessSync(program, constants.X_OK);
      return program;
    } catch {
      // Not in this folder.
    }
  }
  throw new Error('The tests in VS Code need Chromium: apt-get install chromium');
}
