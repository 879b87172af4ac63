/** Turns errors into JSON-RPC errors: a number, one sentence, and the code of schemas/errors.ts in data. */
import type * as z from 'zod';
import { type ErrorData, errorCodes, type MethodName, methods } from '../../schemas/index.js';
import { CosmosError, toCosmosError } from '../errors.js';
import { didYouMean, nearest } from '../near.js';
import { withoutSecretsIn } from '../secrets.js';

export interface WireError {
  readonly code: number;
  readonly message: string;
  readonly data: ErrorData;
}

/** The details of a defect stay in the daemon's log; the client learns only that there was one. */
export function toWireError(thrown: unknown): WireError {
  const error = toCosmosError(thrown);
  const [number] = errorCodes[error.code];
  const message = isDefect(error) ? 'Something went wrong inside the daemon; its log has the details.' : error.message;
  return { code: number, message, data: { ...withoutSecretsIn(error.data), code: error.code } };
}

export function isDefect(thrown: unknown): boolean {
  return toCosmosError(thrown).code === 'internal';
}

export function unknownMethod(name: string): CosmosError {
  const near = nearest(name, Object.keys(methods));
  return new CosmosError('unknown_method', `There is no method "${name}".${didYouMean(near)}`, { near });
}

/** The first thing that is wrong with the params, as a sentence with its key path; all of them in data. */
export function invalidParams(method: MethodName, error: z.ZodError): CosmosError {
  const issues = error.issues.map((issue) => ({ path: issue.path.map(String), message: issueSentence(method, issue) }));
  const [first] = issues;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return new CosmosError('invalid_params', `${first?.message ?? `${method} got wrong parameters.`}${more}`, {
    path: first?.path ?? [],
    issues,
  });
}

function issueSentence(method: MethodName, issue: z.core.$ZodIssue): string {
  const where = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${where === '' ? key : `${where}.${key}`}"`).join(', ');
    return `${method} has no parameter ${names}.`;
  }
  const wrong = issue.message.replace(/^Invalid input: /, '');
  if (where === '') return `${method} takes its parameters by name: ${wrong}.`;
  return `The parameter "${where}" of ${method} is wrong: ${wrong}.`;
}
