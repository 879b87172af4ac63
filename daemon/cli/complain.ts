/** Prints an error for people: one sentence, then what helps, and never a stack trace. */
import { CommanderError } from '@commander-js/extra-typings';
import { CosmosError, coerceError } from '../errors.js';
import type { Colors } from './output/colors.js';
import type { Door } from './output/door.js';

export interface Complaint {
  /** Lines for standard error; none when commander has already written its own. */
  readonly lines: readonly string[];
  readonly exitCode: number;
}

const USAGE = 2;

/** Environment variable that adds the stack trace of an unexpected error. */
const DEBUG = 'COSMOS_DEBUG';

export async function complain(
  thrown: unknown,
  door: Door,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Complaint> {
  if (thrown instanceof CommanderError) {
    return { lines: [], exitCode: thrown.exitCode === 0 ? 0 : USAGE }; // 0 = help or version was asked for
  }
  const error = coerceError(thrown);
  const trace = env[DEBUG] ? (error.stack ?? '').split('\n') : [];
  const head = door.paragraph(`${door.colors.red('Error:')} ${error.message}`);
  if (error instanceof CosmosError) {
    const help = await helpOf(error, door.colors);
    return { lines: [...head, ...help, ...trace], exitCode: error.code === 'usage' ? USAGE : 1 };
  }
  const advice = `This is a defect of Cosmos Bridge; ${DEBUG}=1 shows where it happened.`;
  return { lines: [...head, door.colors.dim(advice), ...trace], exitCode: 1 };
}

/** What the data of an error offers beyond its sentence; most errors have none of it. */
async function helpOf(error: CosmosError, colors: Colors): Promise<string[]> {
  if (!['near', 'candidates', 'issues'].some((key) => key in error.data)) return [];
  const { renderHelp } = await import('./complaint-help.js');
  return renderHelp(error, colors);
}
