/** The steps of a login that need the user: passwords, one-time codes, and any other question of a host. */
import { stripVTControlCharacters } from 'node:util';
import type { AuthHandlerMiddleware } from 'ssh2';
import type { HostQuestion } from '../../../../schemas/index.js';
import type { AskPerson } from '../ask-person.js';
import type { Deadline } from '../deadline.js';
import type { SshTarget } from '../target.js';
import { askingMethods } from './login-refusal.js';

export type NextMethod = Parameters<Parameters<AuthHandlerMiddleware>[2]>[0];

/** Tries of one step, as with OpenSSH: more could lock the account. */
const TRIES = 3;
/** Milliseconds for a host to judge an answer: it may wait for a confirmation on the user's phone. */
const JUDGE_MS = 120_000;
/** Most characters of a host's text that are shown, and most prompts in one question. */
const MAX_WORDS = 2000;
const MAX_PROMPTS = 20;

type Words = Pick<HostQuestion, 'name' | 'instruction'>;

export class Answers {
  private tries = 0;
  private current: 'none' | 'begun' | 'asking' | 'answered' = 'none';
  private said = '';
  /** The host offers keyboard-interactive but asks nothing, as an sshd without PAM does. */
  private isEmpty = false;

  constructor(
    private readonly target: SshTarget,
    private readonly ask: AskPerson | undefined,
    private readonly deadline: Deadline,
  ) {}

  /** Whether a question waits for the user's answer. */
  get isAsking(): boolean {
    return this.current === 'asking';
  }

  /** Whether the host has refused an answer. */
  get isRefused(): boolean {
    return this.current === 'answered';
  }

  /** The host's last message that was not a question: "Account locked". */
  get lastMessage(): string {
    return this.said;
  }

  /**
   * The next method to try; undefined = no method is left, or no user can be asked.
   * @param unanswered called when the user does not answer
   */
  async next(left: readonly string[], unanswered: () => void): Promise<NextMethod | undefined> {
    if (this.current === 'begun') this.isEmpty = true; // the host said no before it asked anything
    const methods = askingMethods(this.useful(left), this.target);
    if (methods.length === 0 || this.ask === undefined || this.tries === TRIES) return undefined;
    if (this.current !== 'begun') this.tries++;
    this.current = 'begun';
    this.deadline.set(JUDGE_MS);
    const username = this.target.user;
    if (!methods.includes('keyboard-interactive')) {
      const [password] = (await this.put({ name: '', instruction: '' }, [passwordOf(this.target)])) ?? [];
      return password === undefined ? undefined : { type: 'password', username, password };
    }
    return {
      type: 'keyboard-interactive',
      username,
      prompt: (name, instruction, _language, asked, finish) => {
        const prompts = asked.map(({ prompt, echo = false }) => ({ text: clean(prompt), echo }));
        const answered = this.put({ name: clean(name), instruction: clean(instruction) }, prompts);
        answered.then((answers) => (answers === undefined ? unanswered() : finish([...answers])), unanswered);
      },
    };
  }

  /** Without the methods that have already failed. */
  useful(methods: readonly string[]): string[] {
    return methods.filter((method) => !(this.isEmpty && method === 'keyboard-interactive'));
  }

  /** The host has taken the answers as one of several steps. */
  taken(): void {
    this.tries = 0;
    this.current = 'none';
  }

  /** A message of the host without a question: it is shown, and the login continues. */
  tell(name: string, instruction: string): void {
    const { host, user } = { host: this.target.name, user: this.target.user };
    const words = { name: clean(name), instruction: clean(instruction) };
    const said = [words.name, words.instruction].filter((text) => text !== '').join(': ');
    if (said === '') return;
    this.said = said;
    this.ask?.({ host, user, ...words, prompts: [] }).catch(() => {}); // it needs no answer
  }

  /** undefined = not answered. */
  private async put(words: Words, prompts: HostQuestion['prompts']): Promise<readonly string[] | undefined> {
    if (prompts.length > MAX_PROMPTS) return undefined;
    const again = this.current === 'begun' && this.tries > 1 ? 'That was not accepted. ' : '';
    this.current = 'asking';
    this.deadline.clear();
    const { name, instruction } = { ...words, instruction: `${again}${words.instruction}`.trim() };
    const answers = await this.ask?.({ host: this.target.name, user: this.target.user, name, instruction, prompts });
    if (answers?.length !== prompts.length) return undefined;
    this.current = 'answered';
    this.deadline.set(JUDGE_MS);
    return answers;
  }
}

function passwordOf({ user, name }: SshTarget): HostQuestion['prompts'][number] {
  return { text: `Password of ${user} on ${name}`, echo: false };
}

/** Text of a host, made safe for the user's terminal. */
function clean(words: string): string {
  const shown = stripVTControlCharacters(words).replace(/(?!\n)\p{Cc}/gu, '');
  return shown.trim().slice(0, MAX_WORDS);
}
