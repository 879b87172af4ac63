/** The type of the function that puts the question of a host to a person. */
import type { HostQuestion } from '../../../schemas/index.js';

/** Puts the question of a host to a person; undefined = it was not answered. */
export type AskPerson = (question: HostQuestion) => Promise<readonly string[] | undefined>;
