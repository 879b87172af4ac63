/** Writes daemon.json, by which clients find the running daemon. It holds the token, so only its owner may read it. */
import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import { Discovery } from '../../schemas/index.js';
import { coerceError, errnoOf } from '../errors.js';
import { untilFree } from '../held-file.js';
import type { Logger } from '../log.js';
import { runProcess } from '../process.js';
import { keepSecret } from '../secrets.js';
import { writeFileAtomic } from '../write-file.js';

/** Milliseconds to wait for a client that has the file open (Windows). */
const HELD_MS = 2000;

/** 32 random bytes, base64url: new at every start. */
export function newToken(): string {
  const token = randomBytes(32).toString('base64url');
  keepSecret(token);
  return token;
}

/** Written under a temporary name and renamed, so that a client reads the whole file or the one before. */
export async function writeDiscovery(file: string, discovery: Discovery, log: Logger): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify(discovery, null, 2)}\n`, { mode: 0o600 });
  if (process.platform === 'win32') await restrictOnWindows(file, log);
}

/** Removes the file if this daemon wrote it; a later daemon may have written its own. */
export async function removeDiscovery(file: string, startId: string): Promise<void> {
  const written = await readDiscovery(file);
  if (written?.startId === startId) await untilFree(() => rm(file, { force: true }), { ms: HELD_MS });
}

async function readDiscovery(file: string): Promise<Discovery | undefined> {
  try {
    return Discovery.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || errnoOf(error) === 'ENOENT') return undefined; // then it is not ours
    throw error;
  }
}

/** With its domain: icacls knows accounts of Azure AD by no other name, and "ann" may also be one of this machine. */
function accountName({ USERDOMAIN: domain } = process.env): string {
  const { username } = os.userInfo();
  return domain ? `${domain}\\${username}` : username;
}

/** Modes mean nothing on Windows: inherited rights are dropped and the user alone is granted access. */
async function restrictOnWindows(file: string, log: Logger): Promise<void> {
  try {
    await runProcess('icacls', [file, '/inheritance:r', '/grant:r', `${accountName()}:F`]);
  } catch (error) {
    log.warn({ err: coerceError(error), file }, 'daemon.json could not be restricted to this user');
  }
}
