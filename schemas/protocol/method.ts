/** How a noun of the protocol writes its part of the table. */
import * as z from 'zod';
import { open } from '../open.js';

/** One method: a sentence for people, and what crosses the wire in both directions. */
export interface MethodDefinition {
  readonly about: string;
  readonly params: z.ZodType;
  readonly result: z.ZodType;
}

/**
 * Keeps the exact types of params and result, which the table's type is made of. What is sent is opened (open.ts), when
 * it is asked for: a command calls few of the methods of a noun.
 */
export const method = <P extends z.ZodType, R extends z.ZodType>(about: string, params: P, result: R) => ({
  about,
  params,
  get result() {
    return open(result);
  },
});

/** A notification: a sentence, and what the daemon sends. */
export const notification = <P extends z.ZodType>(about: string, params: P) => ({
  about,
  get params() {
    return open(params);
  },
});

/** Params or result without a field. */
export const nothing = z.strictObject({});

/** The methods of one noun, by their full name. */
export type MethodTable = Record<string, MethodDefinition>;
