import type { HostQuestion } from '../../../schemas/index.js';

/** Asks the user a host's question; undefined = no answer. */
export type AskPerson = (question: HostQuestion) => Promise<readonly string[] | undefined>;
