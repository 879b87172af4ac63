/** Scripts whose failure is an error. */
import { CosmosError } from '../../errors.js';
import type { Remote, RemoteResult, RunOptions } from './remote.js';

/** What a script printed. @throws CosmosError host_step_failed with its last line of stderr when it failed. */
export async function runChecked(
  remote: Remote,
  script: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<Buffer> {
  const result = await remote.run(script, args, options);
  if (result.exitCode !== 0) throw failedStep(result);
  return result.stdout;
}

/** Most characters of a host's text that one of our sentences quotes. */
const LONGEST = 300;

/** Most characters of a host's stderr in the data of an error. */
export const STDERR_CHARACTERS = 2000;

/** The last line of a host's output, to be quoted in a sentence. */
export function lastLine(said: string): string {
  const line = said.trim().split('\n').at(-1) ?? '';
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}

export function failedStep({ exitCode, stderr }: RemoteResult): CosmosError {
  const words = lastLine(stderr);
  const sentence = `A step on the host failed (exit code ${exitCode}): ${words}`;
  return new CosmosError('host_step_failed', sentence, { exitCode, stderr: stderr.slice(-STDERR_CHARACTERS) });
}
