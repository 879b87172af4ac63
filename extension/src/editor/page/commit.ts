/** When a change is a change: at once, or after a quiet, so that one drag or one burst of typing is one undo step. */
export class Commit<T> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private value: { readonly of: T } | undefined;

  constructor(private readonly send: (value: T) => void) {}

  /** The person is not done yet: what the extension says of the field is older than what stands there. */
  get isPending(): boolean {
    return this.value !== undefined;
  }

  /** @param quiet milliseconds without another change. */
  after(quiet: number, value: T): void {
    clearTimeout(this.timer);
    this.value = { of: value };
    this.timer = setTimeout(() => this.flush(), quiet);
  }

  flush(): void {
    clearTimeout(this.timer);
    const { value } = this;
    this.value = undefined;
    if (value !== undefined) this.send(value.of);
  }
}
