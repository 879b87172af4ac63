/** Files into place on this machine: complete under a temporary name, then renamed. */
import { createHash } from 'node:crypto';
import { constants, copyFile, link, mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { nanoid } from 'nanoid';
import { CosmosError, errnoOf } from '../../errors.js';
import { renameOver } from '../../held-file.js';

/** As a hard link where the file system allows it: frozen files never change, and a copy would cost their size. */
export async function linkInto(from: string, to: string): Promise<void> {
  await through(from, to, `.${nanoid(8)}.part`, async (draft) => {
    try {
      await link(from, draft);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') throw error;
      await copyFile(from, draft, constants.COPYFILE_FICLONE); // another file system, or one without links
    }
  });
}

/**
 * As a separate copy (a reflink where possible), flushed to disk before the rename. The temporary name is always the same,
 * so a file that a crash left is replaced when the copy is made again.
 */
export async function copyInto(from: string, to: string): Promise<void> {
  const name = createHash('sha256').update(path.basename(to)).digest('hex').slice(0, 12);
  await through(from, to, `.${name}.part`, async (draft) => {
    await rm(draft, { force: true });
    await copyFile(from, draft, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    const handle = await open(draft, 'r+');
    await handle.sync().finally(() => handle.close());
  });
}

/** @throws CosmosError internal when the copy has another size than the source. */
async function through(from: string, to: string, name: string, bring: (draft: string) => Promise<void>): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true });
  const draft = path.join(path.dirname(to), name);
  try {
    await bring(draft);
    const [wanted, arrived] = [(await stat(from)).size, (await stat(draft)).size];
    if (arrived !== wanted) {
      throw new CosmosError('internal', `${to} has ${arrived} bytes after copying, its source ${from} has ${wanted}.`);
    }
    await renameOver(draft, to);
  } finally {
    await rm(draft, { force: true }); // also after the rename: renaming onto a link to the same file does nothing
  }
}
