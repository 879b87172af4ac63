/** Asks after a quiet, and takes only the answer to the last question: what comes late is of a text that is gone. */
export class Latest<Q, A> {
  private timer: NodeJS.Timeout | undefined;
  private asked = 0;

  /**
   * @param quiet milliseconds without another question before one is asked.
   * @param answered told the answer, or why there is none.
   */
  constructor(
    private readonly quiet: number,
    private readonly ask: (question: Q) => Promise<A>,
    private readonly answered: (answer: A | Error) => void,
  ) {}

  next(question: Q): void {
    clearTimeout(this.timer);
    const mine = ++this.asked;
    this.timer = setTimeout(() => void this.answer(question, mine), this.quiet);
  }

  /** The question has no meaning any more. */
  cancel(): void {
    clearTimeout(this.timer);
    this.asked++;
  }

  private async answer(question: Q, mine: number): Promise<void> {
    const answer = await this.ask(question).catch((error: unknown) => {
      return error instanceof Error ? error : new Error(String(error));
    });
    if (mine === this.asked) this.answered(answer);
  }
}
