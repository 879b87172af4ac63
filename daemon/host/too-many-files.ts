/** The error for a run folder that holds more files than are listed. */
import { CosmosError } from '../errors.js';

/** The error for a run folder with too many files, the same on every kind of host. */
export function tooManyFiles(folder: string, host: string, most: number): CosmosError {
  const message = `The run left more files than the ${most.toLocaleString('en-US')} that are looked at, or names longer than any; nothing was fetched. They are left in ${folder} on ${host}.`;
  return new CosmosError('too_much_from_host', message, { folder, most });
}
