/** From the text of a message to the text of its reply: JSON-RPC 2.0 around the table of methods. */
import {
  createJSONRPCErrorResponse,
  JSONRPCErrorCode,
  type JSONRPCRequest,
  type JSONRPCResponse,
  JSONRPCServer,
} from 'json-rpc-2.0';
import { type MethodName, methods, type Params } from '../../schemas/index.js';
import { coerceError } from '../errors.js';
import type { Logger } from '../log.js';
import type { Call, Handlers } from './call.js';
import { invalidParams, isDefect, toWireError, unknownMethod } from './wire-error.js';

/** Requests one message may hold. */
const MAX_BATCH = 100;

export interface DispatcherOptions {
  readonly handlers: Handlers;
  readonly log: Logger;
  /** Parses every result by the table before it leaves: for tests. */
  readonly checkResults?: boolean;
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

  /** The reply to `text`, or undefined when it asks for none. Never rejects. */
  async dispatch(text: string, call: Call): Promise<string | undefined> {
    const reply = await this.answer(parseJson(text), call);
    return reply === null ? undefined : JSON.stringify(reply);
  }

  private async answer(message: unknown, call: Call): Promise<JSONRPCResponse | JSONRPCResponse[] | null> {
    if (message === undefined)
      return createJSONRPCErrorResponse(null, JSONRPCErrorCode.ParseError, 'This is not JSON.');
    if (!Array.isArray(message)) return this.answerOne(message, call);
    if (message.length === 0 || message.length > MAX_BATCH) {
      return invalidRequest(`A batch holds 1 to ${MAX_BATCH} requests.`);
    }
    // The library answers a batch of one with a bare object, which JSON-RPC 2.0 does not allow: so one by one.
    const replies = await Promise.all(message.map((request) => this.answerOne(request, call)));
    const wanted = replies.filter((reply) => reply !== null);
    return wanted.length === 0 ? null : wanted;
  }

  private async answerOne(request: unknown, call: Call): Promise<JSONRPCResponse | null> {
    if (typeof request !== 'object' || request === null || Array.isArray(request)) {
      return invalidRequest('A request is an object with jsonrpc, id, method and params.');
    }
    const { method, id } = request as Partial<JSONRPCRequest>;
    if (typeof method !== 'string') return invalidRequest('A request names its method.', id);
    if (!this.rpc.hasMethod(method)) return id === undefined ? null : errorResponse(id, unknownMethod(method));
    // The library checks the rest of the envelope and answers what does not fit.
    return this.rpc.receive(request as JSONRPCRequest, call);
  }

  private async invoke<M extends MethodName>(name: M, params: unknown, call: Call): Promise<unknown> {
    const parsed = methods[name].params.safeParse(params ?? {});
    if (!parsed.success) throw invalidParams(name, parsed.error);
    // methods[name] has lost the tie between M and its own schema; the table itself restores it.
    const result = await this.options.handlers[name](parsed.data as Params<M>, call);
    return this.options.checkResults === true ? methods[name].result.parse(result) : result;
  }

  private logDefect(error: unknown): void {
    if (isDefect(error)) this.options.log.error({ err: coerceError(error) }, 'a method failed by a defect');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Answered with a parse error: the reason inside a broken text helps nobody.
  }
}

function errorResponse(id: JSONRPCRequest['id'], error: unknown) {
  const { code, message, data } = toWireError(error);
  return createJSONRPCErrorResponse(id ?? null, code, message, data);
}

function invalidRequest(sentence: string, id: JSONRPCRequest['id'] = null) {
  return createJSONRPCErrorResponse(id, JSONRPCErrorCode.InvalidRequest, sentence);
}
