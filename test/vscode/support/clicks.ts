/** What a person does with the mouse in a story, counted and told. */
import type { Locator } from 'playwright-core';

export class Clicks {
  private readonly told: string[] = [];

  /** @param what the person clicks at, in words. */
  async at(what: string, place: Locator): Promise<void> {
    await this.during(what, () => place.click());
  }

  /** A click that the workbench knows how to do, such as one of a menu. */
  async during(what: string, click: () => Promise<unknown>): Promise<void> {
    await click();
    this.told.push(what);
  }

  get count(): number {
    return this.told.length;
  }

  /** A line each. */
  list(): string {
    return this.told.map((what, at) => `${String(at + 1).padStart(3)}. ${what}`).join('\n');
  }
}
