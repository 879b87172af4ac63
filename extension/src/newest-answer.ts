/**
 * One question at a time for each key, such as the check of a text that is being typed. Only the newest question is
 * asked, and an answer to an older one is dropped, because it is about a text that is gone.
 */

/** Milliseconds without a newer question before one is asked: shorter than people notice, longer than between two keys. */
const QUIET = 200;

export class NewestAnswer<Answer> {
  private readonly questions = new Map<string, Question<Answer>>();

  /**
   * @param answered gets each answer that still counts, or the error why there is none.
   * @param quiet milliseconds without a newer question of the same key before it is asked.
   */
  constructor(
    private readonly answered: (key: string, answer: Answer | Error) => void,
    private readonly quiet = QUIET,
  ) {}

  /** Calls `ask` once it has been quiet long enough and the question before has its answer. */
  want(key: string, ask: () => Promise<Answer>): void {
    const question = this.questions.get(key) ?? { timer: undefined, ask, isOut: false };
    clearTimeout(question.timer);
    question.ask = ask;
    question.timer = setTimeout(() => this.send(key, question), this.quiet);
    this.questions.set(key, question);
  }

  /** Drops the question, and its answer if it is on its way. */
  forget(key: string): void {
    clearTimeout(this.questions.get(key)?.timer);
    this.questions.delete(key);
  }

  dispose(): void {
    for (const key of [...this.questions.keys()]) this.forget(key);
  }

  private send(key: string, question: Question<Answer>): void {
    question.timer = undefined;
    if (question.isOut) return; // it is sent when the answer before it arrives
    question.isOut = true;
    const { ask } = question;
    void ask()
      .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
      .then((answer) => this.receive(key, question, ask, answer));
  }

  private receive(
    key: string,
    question: Question<Answer>,
    asked: Question<Answer>['ask'],
    answer: Answer | Error,
  ): void {
    question.isOut = false;
    if (this.questions.get(key) !== question) return;
    if (question.ask === asked) this.answered(key, answer);
    else if (question.timer === undefined) this.send(key, question);
  }
}

interface Question<Answer> {
  timer: NodeJS.Timeout | undefined;
  ask: () => Promise<Answer>;
  /** It was asked, and its answer has not arrived. */
  isOut: boolean;
}
