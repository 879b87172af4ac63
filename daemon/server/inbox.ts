/**
 * Holds the messages of a client that are not begun yet. A message is begun in a turn of the client, and only while the
 * client reads its answers and not too many of its requests are under way. A few messages wait here; then nothing more
 * is read from the socket, so a flood of messages takes memory only at its sender.
 */
import type { Clock } from '../clock.js';
import type { CosmosError } from '../errors.js';
import { MAX_UNANSWERED, MAX_WAITING, tooMany, WINDOW, YOUNG_MS } from './limits.js';
import type { Lane } from './turns.js';

export interface InboxOptions {
  readonly socket: { pause(): void; resume(): void };
  readonly lane: Lane;
  readonly clock: Clock;
  /** Too many answers wait for the client to read them; when that is over, call {@link Inbox.look}. */
  readonly isFull: () => boolean;
  /** Answers one message, or refuses all requests in it. Never rejects. */
  readonly answer: (bytes: Buffer, refusal: CosmosError | undefined) => Promise<void>;
  /** The client was held back for the first time. */
  readonly onHeldBack: () => void;
}

export class Inbox {
  private readonly waiting: Buffer[] = [];
  private bytes = 0;
  private unanswered = 0;
  /** Unanswered requests that are younger than {@link YOUNG_MS}. */
  private young = 0;
  private asked = false;
  private paused = false;
  private told = false;

  constructor(private readonly options: InboxOptions) {}

  push(message: Buffer): void {
    this.waiting.push(message);
    this.options.lane.backlog = this.waiting.length;
    this.bytes += message.length;
    if (!this.paused && (this.waiting.length > MAX_WAITING.messages || this.bytes > MAX_WAITING.bytes)) this.pause();
    this.look();
  }

  /** Asks for a turn when there is something that may be begun. */
  look(): void {
    if (this.asked || this.waiting.length === 0 || this.young >= WINDOW || this.options.isFull()) return;
    this.asked = true;
    this.options.lane.add(() => {
      this.asked = false;
      this.begin();
      this.look();
    });
  }

  private begin(): void {
    const message = this.waiting.shift();
    if (message === undefined) return;
    this.options.lane.backlog = this.waiting.length;
    this.bytes -= message.length;
    if (this.waiting.length === 0 && this.paused) this.resume();
    const refusal = this.unanswered < MAX_UNANSWERED ? undefined : unanswered();
    this.unanswered++;
    this.young++;
    const grow = this.growUp();
    void this.options.answer(message, refusal).finally(() => {
      grow();
      this.unanswered--;
      this.look();
    });
  }

  /** The returned function stops counting the request as young. */
  private growUp(): () => void {
    let isYoung = true;
    const grow = () => {
      if (!isYoung) return;
      isYoung = false;
      this.young--;
      cancel();
    };
    const cancel = this.options.clock.after(YOUNG_MS, () => {
      grow();
      this.look();
    });
    return grow;
  }

  private pause(): void {
    this.paused = true;
    this.options.socket.pause();
    if (!this.told) this.options.onHeldBack();
    this.told = true;
  }

  private resume(): void {
    this.paused = false;
    this.options.socket.resume();
  }
}

function unanswered(): CosmosError {
  const sentence = `This connection waits for the answers to ${MAX_UNANSWERED} requests already; wait for some of them, then ask again.`;
  return tooMany(sentence, MAX_UNANSWERED);
}
