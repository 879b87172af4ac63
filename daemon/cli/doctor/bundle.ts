/** A diagnostics file that may be sent to somebody: facts and logs, without tokens and without prompts. */
import { readFileSync } from 'node:fs';
import { arch, release } from 'node:os';
import type * as z from 'zod';
import { isoNow } from '../../clock.js';
import { CosmosError } from '../../errors.js';
import { packageVersion } from '../../version.js';
import { DaemonClient } from '../client.js';
import type { Context } from '../context.js';
import { lookForDaemon, readDiscovery } from '../discovery.js';
import { silentWords } from '../silent-daemon.js';
import type { Finding } from './finding.js';

type Json = z.core.util.JSONType;

/** Fields whose values tell what somebody works on, or let somebody in. */
const PRIVATE = /^(token|authorization|prompt|negative_prompt|template|password|secret|hf_token|env)$/i;
const HIDDEN = '[removed]';
/** The end of the daemon's log that goes along, in lines. */
const LOG_LINES = 500;

export async function makeBundle(context: Context, findings: readonly Finding[]): Promise<string> {
  const { stateDir, clock } = context;
  const facts = {
    made: isoNow(clock),
    version: packageVersion(),
    node: process.versions.node,
    system: `${process.platform} ${release()} ${arch()}`,
    findings,
    daemon: await askDaemon(context),
    log: logLines(stateDir.daemonLog),
  };
  const text = JSON.stringify(redact(JSON.parse(JSON.stringify(facts))), null, 2);
  const token = readDiscovery(stateDir)?.token;
  return token === undefined ? text : text.replaceAll(token, HIDDEN);
}

/** Blanks private fields wherever they are. */
export function redact(value: Json): Json {
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, PRIVATE.test(key) && inner !== null ? HIDDEN : redact(inner)]),
  );
}

/** A bundle is for when things are broken: a daemon that does not answer is one of its facts. */
async function askDaemon({ stateDir, clock }: Context) {
  const presence = await lookForDaemon(stateDir, clock);
  if (presence.kind === 'absent') return 'not running';
  if (presence.kind !== 'well') return silentWords(presence, stateDir);
  try {
    const client = await DaemonClient.connect(presence.discovery);
    const status = await client.call('daemon.status', {});
    const { jobs } = await client.call('job.list', { limit: 50 });
    const { hosts } = await client.call('host.list', {});
    await client.close();
    return { status, jobs, hosts };
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

/** Records as objects, so that private fields are found in them too. */
function logLines(file: string): Json[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_LINES).map(parseLine);
  } catch {
    return []; // no log: the daemon never ran here
  }
}

function parseLine(line: string): Json {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return HIDDEN; // not a record of ours, so nobody knows what is in it
  }
}
