/** Decides when an edit is sent: at once, or after a pause, so that one drag or one run of typing is one undo step. */
export class Commit<T> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private value: { readonly of: T } | undefined;

  constructor(private readonly send: (value: T) => void) {}

  /** An edit is not sent yet, so the field is newer than what the extension says about it. */
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
