/** Scripts whose failure is an error. */
import { CosmosError } from '../../errors.js';
import type { Remote, RemoteResult, RunOptions } from '../remote.js';

/** What a script printed. @throws CosmosError host_step_failed with its last words when it did not succeed. */
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

export function failedStep({ exitCode, stderr }: RemoteResult): CosmosError {
  const words = stderr.trim().split('\n').at(-1) ?? '';
  const sentence = `A step on the host failed (exit code ${exitCode}): ${words}`;
  return new CosmosError('host_step_failed', sentence, { exitCode, stderr });
}
