/** What a handler gets beside its params, and the type of the table of handlers. */
import type { MethodName, Params, ResultOf } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import type { Fanout } from './fanout.js';
import type { MediaTokens } from './media-tokens.js';
import type { Services } from './services.js';

/** The same for all requests of a server. */
export interface Context {
  readonly services: Services;
  readonly media: MediaTokens;
  readonly clock: Clock;
  /** Where this server listens. */
  endpoint(): { url: string; http: string };
}

/** Made for each request. */
export interface Call extends Context {
  /** What this client hears without asking. */
  readonly fanout: Fanout;
  /** Runs `work` once the reply is sent, so that no notification overtakes the reply that it depends on. */
  afterReply(work: () => void): void;
}

export type Handler<M extends MethodName> = (params: Params<M>, call: Call) => ResultOf<M> | Promise<ResultOf<M>>;
export type Handlers = { readonly [M in MethodName]: Handler<M> };
/** The handlers of one noun: every `noun.verb` of the table, so that a missing one does not compile. */
export type HandlersOf<Noun extends string> = Pick<Handlers, Extract<MethodName, `${Noun}.${string}`>>;
