/** Errors as a person on a terminal reads them: one sentence, then what helps. Never a stack trace. */
import { CommanderError } from '@commander-js/extra-typings';
import * as z from 'zod';
import { Issue } from '../../schemas/index.js';
import { CosmosError, coerceError } from '../errors.js';
import { renderIssues } from './output/check-view.js';
import type { Colors } from './output/colors.js';
import type { Door } from './output/door.js';

export interface Complaint {
  /** What to write to standard error; none when commander has already spoken. */
  readonly lines: readonly string[];
  readonly exitCode: number;
}

const USAGE = 2;

/** Set to see where an unexpected error comes from. */
const DEBUG = 'COSMOS_DEBUG';

export function complain(thrown: unknown, door: Door, env: Readonly<Record<string, string | undefined>>): Complaint {
  if (thrown instanceof CommanderError) {
    return { lines: [], exitCode: thrown.exitCode === 0 ? 0 : USAGE }; // 0 = help or version was asked for
  }
  const error = coerceError(thrown);
  const trace = env[DEBUG] ? (error.stack ?? '').split('\n') : [];
  const head = door.paragraph(`${door.colors.red('Error:')} ${error.message}`);
  if (error instanceof CosmosError) {
    return { lines: [...head, ...help(error, door.colors), ...trace], exitCode: error.code === 'usage' ? USAGE : 1 };
  }
  const advice = `This is a defect of Cosmos Bridge; ${DEBUG}=1 shows where it happened.`;
  return { lines: [...head, door.colors.dim(advice), ...trace], exitCode: 1 };
}

/** What the data of an error offers beyond its sentence. */
const Help = z.object({
  near: z.array(z.string()).catch([]).default([]),
  candidates: z.array(z.json()).catch([]).default([]),
  issues: z.array(Issue).catch([]).default([]),
});

function help({ data, message }: CosmosError, colors: Colors): string[] {
  const { near, candidates, issues } = Help.parse(data);
  const unsaid = near.filter((name) => !message.includes(name));
  return [
    ...(unsaid.length === 0 ? [] : [`Did you mean ${unsaid.slice(0, 3).join(' or ')}?`]),
    ...candidates.map((candidate) => `  ${typeof candidate === 'string' ? candidate : JSON.stringify(candidate)}`),
    ...renderIssues(issues, colors).map((line) => `  ${line}`),
  ];
}
