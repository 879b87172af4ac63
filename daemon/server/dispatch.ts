/** Turns the text of a message into the text of its reply: JSON-RPC 2.0 around the table of methods. */
import {
  createJSONRPCErrorResponse,
  JSONRPCErrorCode,
  type JSONRPCRequest,
  type JSONRPCResponse,
  JSONRPCServer,
} from 'json-rpc-2.0';
import { type MethodName, methods, type Params } from '../../schemas/index.js';
import { type CosmosError, coerceError } from '../errors.js';
import type { Logger } from '../log.js';
import type { Call, Handlers } from './call.js';
import { MAX_BATCH, MAX_BATCH_ANSWER, tooMany } from './limits.js';
import { readMessage } from './message.js';
import { invalidParams, isDefect, toWireError, unknownMethod } from './wire-error.js';

export interface DispatcherOptions {
  readonly handlers: Handlers;
  readonly log: Logger;
  /** Parses every result by the table before it leaves: for tests. */
  readonly checkResults?: boolean;
}

/** How a message is to be answered. */
export interface Manner {
  /** Waits until it is the turn of the client again. */
  readonly turn: () => Promise<void>;
  /** The error that answers each request instead of its result. */
  readonly refusal: CosmosError | undefined;
}

export class Dispatcher {
  private readonly rpc: JSONRPCServer<Call>;

  constructor(private readonly options: DispatcherOptions) {
    this.rpc = new JSONRPCServer<Call>({ errorListener: (_, error) => this.logDefect(error) });
    this.rpc.mapErrorToJSONRPCErrorResponse = errorResponse;
    for (const name of Object.keys(methods) as MethodName[]) {
      this.rpc.addMethod(name, (params, call) => this.invoke(name, params, call));
    }
  }

  /** The reply to a message, or undefined when it asks for none. Never rejects. */
  async dispatch(bytes: Buffer, call: Call, manner: Manner): Promise<string | undefined> {
    const message = readMessage(bytes);
    switch (message.kind) {
      case 'broken':
        return text(createJSONRPCErrorResponse(null, JSONRPCErrorCode.ParseError, message.sentence));
      case 'refused':
        return text(invalidRequest(message.sentence));
      case 'value':
        return Array.isArray(message.value)
          ? this.answerBatch(message.value, call, manner)
          : text(await this.answerOne(message.value, call, manner.refusal));
    }
  }

  /** One after another, each in a turn of its own, so that a hundred requests in one message get no advantage. */
  private async answerBatch(requests: readonly unknown[], call: Call, manner: Manner): Promise<string | undefined> {
    if (requests.length === 0 || requests.length > MAX_BATCH) {
      return text(invalidRequest(`A batch holds 1 to ${MAX_BATCH} requests.`));
    }
    const replies: string[] = [];
    let length = 0;
    for (const [index, request] of requests.entries()) {
      if (index > 0) await manner.turn();
      const refusal = length > MAX_BATCH_ANSWER ? tooLong() : manner.refusal;
      // The library answers a batch of one with a bare object, which JSON-RPC 2.0 does not allow: so one by one.
      const reply = text(await this.answerOne(request, call, refusal));
      if (reply === undefined) continue;
      replies.push(reply);
      length += reply.length;
    }
    return replies.length === 0 ? undefined : `[${replies.join(',')}]`;
  }

  private async answerOne(
    request: unknown,
    call: Call,
    refusal: CosmosError | undefined,
  ): Promise<JSONRPCResponse | null> {
    if (typeof request !== 'object' || request === null || Array.isArray(request)) {
      return invalidRequest('A request is an object with jsonrpc, id, method and params.');
    }
    const { method, id } = request as Partial<JSONRPCRequest>;
    if (typeof method !== 'string') return invalidRequest('A request names its method.', id);
    if (!this.rpc.hasMethod(method)) return id === undefined ? null : errorResponse(id, unknownMethod(method));
    if (refusal !== undefined) return id === undefined ? null : errorResponse(id, refusal);
    // The library checks the rest of the envelope and answers what does not fit.
    return this.rpc.receive(request as JSONRPCRequest, call);
  }

  private async invoke<M extends MethodName>(name: M, params: unknown, call: Call): Promise<unknown> {
    const parsed = methods[name].params.safeParse(params ?? {});
    if (!parsed.success) throw invalidParams(name, parsed.error);
    // methods[name] loses the connection between M and its own schema; the type of the table restores it.
    const result = await this.options.handlers[name](parsed.data as Params<M>, call);
    return this.options.checkResults === true ? methods[name].result.parse(result) : result;
  }

  private logDefect(error: unknown): void {
    if (isDefect(error)) this.options.log.error({ err: coerceError(error) }, 'a method failed by a defect');
  }
}

/** The reply on the wire; one that is too long even for a string is refused. */
function text(reply: JSONRPCResponse | null): string | undefined {
  if (reply === null) return undefined;
  try {
    return JSON.stringify(reply);
  } catch (error) {
    if (error instanceof RangeError) return JSON.stringify(errorResponse(reply.id, tooLong()));
    throw error;
  }
}

function tooLong(): CosmosError {
  const megabytes = MAX_BATCH_ANSWER / 2 ** 20;
  return tooMany(
    `The answers to this message are longer than ${megabytes} MB; ask for less at once.`,
    MAX_BATCH_ANSWER,
  );
}

function errorResponse(id: JSONRPCRequest['id'], error: unknown) {
  const { code, message, data } = toWireError(error);
  return createJSONRPCErrorResponse(id ?? null, code, message, data);
}

function invalidRequest(sentence: string, id: JSONRPCRequest['id'] = null) {
  return createJSONRPCErrorResponse(id, JSONRPCErrorCode.InvalidRequest, sentence);
}
