/** The type of the function that puts the question of a host to a person. */
import type { HostQuestion } from '../../../schemas/index.js';

/** Asks the user a host's question; undefined = no answer. */
export type AskPerson = (question: HostQuestion) => Promise<readonly string[] | undefined>;
