/** What was seen of a run that was stopped because it hung: kept beside its log, for whoever looks into it. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** @param folder local folder of the run. */
export async function saveDiagnostics(folder: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'stall.txt'), `${text}\n`);
}
