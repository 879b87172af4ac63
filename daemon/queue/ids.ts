/** Ids that people read out and type: lower-case letters and digits without look-alikes (0 o, 1 i l). */
import { customAlphabet } from 'nanoid';

const random = customAlphabet('23456789abcdefghjkmnpqrstuvwxyz', 8);

export const newJobId = (): string => `job-${random()}`;
export const newRunId = (): string => `run-${random()}`;
