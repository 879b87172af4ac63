/** A list that stays sorted while items are added, changed and removed, without sorting all of them again. */

/** A total order: 0 only for the same item. */
export type Order<T> = (a: T, b: T) => number;

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export class Sorted<T extends { readonly id: string }> {
  private items: T[];
  /** The items as they were when sorted in, because an item is found by its old values. */
  private readonly known = new Map<string, T>();

  constructor(
    private readonly order: Order<T>,
    items: Iterable<T> = [],
  ) {
    this.items = [...items].sort(order);
    for (const item of this.items) this.known.set(item.id, item);
  }

  get size(): number {
    return this.items.length;
  }

  /** The first `count` items, in order. */
  first(count: number): readonly T[] {
    return this.items.slice(0, count);
  }

  /** Its index, or -1. */
  indexOf(id: string): number {
    const item = this.known.get(id);
    return item === undefined ? -1 : this.place(item);
  }

  /** Adds the item or replaces the one with the same id. Returns whether any index has changed. */
  put(item: T): boolean {
    const old = this.known.get(item.id);
    this.known.set(item.id, item);
    const from = old === undefined ? -1 : this.place(old);
    if (old !== undefined) this.items.splice(from, 1);
    const to = this.place(item);
    this.items.splice(to, 0, item);
    return from !== to;
  }

  /** Returns whether it was in the list. */
  remove(id: string): boolean {
    const old = this.known.get(id);
    if (old === undefined) return false;
    this.known.delete(id);
    this.items.splice(this.place(old), 1);
    return true;
  }

  /** Index of the first item that does not come before `item`. */
  private place(item: T): number {
    let [low, high] = [0, this.items.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.items[middle];
      if (other !== undefined && this.order(other, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
