/** One question at a time for each thing: the newest is asked, answers to older ones are dropped. */

/** Milliseconds without a newer wish before a question is asked: less than a person notices, more than a key stroke. */
const QUIET = 200;

export class NewestWins<Answer> {
  private readonly wishes = new Map<string, Wish<Answer>>();

  constructor(
    private readonly answered: (key: string, answer: Answer) => void,
    private readonly quiet = QUIET,
  ) {}

  /** `ask` is called after a while without another wish; while a question is out, only the newest of all wishes waits. */
  want(key: string, ask: () => Promise<Answer>): void {
    const wish = this.wishes.get(key) ?? { timer: undefined, ask, out: false };
    clearTimeout(wish.timer);
    wish.ask = ask;
    wish.timer = setTimeout(() => this.go(key, wish), this.quiet);
    this.wishes.set(key, wish);
  }

  /** Nobody wants it any more: what is still out is dropped. */
  forget(key: string): void {
    clearTimeout(this.wishes.get(key)?.timer);
    this.wishes.delete(key);
  }

  dispose(): void {
    for (const key of [...this.wishes.keys()]) this.forget(key);
  }

  private go(key: string, wish: Wish<Answer>): void {
    wish.timer = undefined;
    if (wish.out) return; // asked when the answer before is here
    wish.out = true;
    const { ask } = wish;
    void ask().then(
      (answer) => this.came(key, wish, ask, () => this.answered(key, answer)),
      () => this.came(key, wish, ask, () => {}), // who asks says why; another answer is not to be had
    );
  }

  private came(key: string, wish: Wish<Answer>, asked: Wish<Answer>['ask'], tell: () => void): void {
    wish.out = false;
    if (this.wishes.get(key) !== wish) return;
    if (wish.ask === asked) tell();
    else if (wish.timer === undefined) this.go(key, wish);
  }
}

interface Wish<Answer> {
  timer: NodeJS.Timeout | undefined;
  ask: () => Promise<Answer>;
  /** A question is on its way. */
  out: boolean;
}
