/** Sends one client what it subscribed to: events, progress, the logs it follows, and questions of hosts. */
import { nanoid } from 'nanoid';
import pLimit from 'p-limit';
import type { HostQuestion, NotificationName, NotificationParams } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import { CosmosError } from '../errors.js';
import type { Logger } from '../log.js';
import { keepSecret } from '../secrets.js';
import { EventFeed } from './event-feed.js';
import { MAX_FOLLOWS, tooMany } from './limits.js';
import { LogFollow } from './log-follow.js';
import type { LogTarget } from './log-target.js';
import { ProgressFeed } from './progress-feed.js';
import type { Receiver } from './receiver.js';
import type { Services } from './services.js';

/** Milliseconds for which an answer is kept secret in what the host says. */
const ECHO_MS = 60_000;

export interface FanoutOptions {
  readonly services: Services;
  readonly clock: Clock;
  readonly receiver: Receiver;
  readonly log: Logger;
  readonly onDropped: (bytes: number) => void;
}

export class Fanout {
  private events: EventFeed | undefined;
  private progress: ProgressFeed | undefined;
  private readonly follows = new Map<string, LogFollow>();
  /** Logs are read one piece after another, so that many of them cost no more memory than one. */
  private readonly reading = pLimit(1);
  /** Questions that wait for an answer of this client. */
  private readonly questions = new Map<string, (answers: readonly string[] | undefined) => void>();

  /** Functions that forget an answer. */
  private readonly echoes = new Set<() => void>();

  constructor(private readonly options: FanoutOptions) {}

  /** Sends every event after `since` from the call of the returned function on. Replaces an earlier subscription. */
  subscribe(since: number): () => void {
    const { services, clock, receiver } = this.options;
    this.unsubscribe();
    const events = new EventFeed(services.journal, receiver, since);
    const progress = new ProgressFeed(services.runner, clock, receiver);
    this.events = events;
    this.progress = progress;
    return () => {
      events.start();
      progress.start();
    };
  }

  /**
   * Sends the log from byte `from` on, once `start` is called.
   * @throws CosmosError too_many when this client follows as many logs as it may.
   */
  follow(target: LogTarget, from: number): { id: string; start: () => void } {
    if (this.follows.size >= MAX_FOLLOWS) throw tooManyFollows();
    const id = nanoid(10);
    const { reading } = this;
    const follow = new LogFollow({ ...this.options, id, target, from, reading, onEnd: () => this.follows.delete(id) });
    this.follows.set(id, follow);
    return { id, start: () => follow.start() };
  }

  /** Throws not_found when this client follows nothing of that name. */
  unfollow(id: string): void {
    const follow = this.follows.get(id);
    if (follow === undefined) throw new CosmosError('not_found', `This connection has no follow "${id}" (any more).`);
    follow.close();
    this.follows.delete(id);
  }

  /** Sends a notification of one request while it is worked on. */
  notify<N extends NotificationName>(name: N, params: NotificationParams<N>): void {
    this.options.receiver.notify(name, params);
  }

  /** Sends the question of a host to this client; undefined = not answered, or the client is gone. */
  ask(question: HostQuestion): Promise<readonly string[] | undefined> {
    return new Promise((resolve) => {
      const id = nanoid(10);
      this.questions.set(id, resolve);
      this.notify('host.asks', { id, question });
    });
  }

  /**
   * Hands the answer to the host. It is kept here for a minute as a known secret, because the host may repeat it in its
   * words.
   * @throws CosmosError not_found when this client was asked nothing of that name.
   */
  answer(id: string, answers: readonly string[] | undefined): void {
    const resolve = this.questions.get(id);
    if (resolve === undefined) throw new CosmosError('not_found', `No question "${id}" waits for this client.`);
    this.questions.delete(id);
    for (const answer of answers ?? []) this.keepForEcho(answer);
    resolve(answers);
  }

  private keepForEcho(answer: string): void {
    const forget = keepSecret(answer);
    const cancel = this.options.clock.after(ECHO_MS, () => end());
    const end = () => {
      forget();
      cancel();
      this.echoes.delete(end);
    };
    this.echoes.add(end);
  }

  close(): void {
    for (const end of this.echoes) end();
    for (const resolve of this.questions.values()) resolve(undefined);
    this.questions.clear();
    this.unsubscribe();
    for (const follow of this.follows.values()) follow.close();
    this.follows.clear();
  }

  private unsubscribe(): void {
    this.events?.close();
    this.progress?.close();
  }
}

function tooManyFollows(): CosmosError {
  const sentence = `This connection follows ${MAX_FOLLOWS} logs already; end one (close its view, or log.unfollow), then ask again.`;
  return tooMany(sentence, MAX_FOLLOWS);
}
