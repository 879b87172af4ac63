/** What VS Code tells a test driver about the code that runs in its extension host. */
import { EventEmitter } from 'node:events';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { remoteUri } from './workbench.js';

export class Automation {
  /** Every line that was logged. */
  readonly lines: string[] = [];
  /** 0 when run() ended well, 1 when it threw. */
  readonly ended: Promise<number>;
  private readonly heard = new EventEmitter<{ line: [string] }>();

  private end: (code: number) => void = () => {};

  private constructor() {
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  /** Before the window opens. */
  static async of(page: Page): Promise<Automation> {
    const automation = new Automation();
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) =>
      automation.hear(format(...args)),
    );
    await page.exposeFunction('codeAutomationExit', (code: number) => automation.end(code));
    return automation;
  }

  /** What `read` makes of the next line that it does not answer undefined to; an error when run() ends before it. */
  line<T>(read: (line: string) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      void this.ended.then(() => reject(new Error(`It ended without the line:\n${this.lines.slice(-20).join('\n')}`)));
      const listener = (line: string) => {
        const found = read(line);
        if (found === undefined) return;
        this.heard.off('line', listener);
        resolve(found);
      };
      this.heard.on('line', listener);
    });
  }

  private hear(line: string): void {
    this.lines.push(line);
    this.heard.emit('line', line);
  }
}

/** Address parts that make a window load the extension from its folder, and run `tests`, a module with run(). */
export function hostPayload(serverUrl: string, extension: string, tests: string) {
  return [
    ['extensionDevelopmentPath', remoteUri(serverUrl, extension)],
    ['extensionTestsPath', remoteUri(serverUrl, tests)],
  ] as const;
}
