/**
 * Writes the diagnostics file of `cosmos doctor --bundle`, which is safe to send to other people: facts and the end of
 * the log. It holds no secret, no prompt and no name that the user gave; each name is replaced by a stand-in
 * (stand-ins.ts).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as z from 'zod';
import type { Config } from '../../../schemas/index.js';
import type { Clip, Job, Watch } from '../../../schemas/received.js';
import { isoNow } from '../../clock.js';
import { loadConfig } from '../../config.js';
import { CosmosError, errnoOf } from '../../errors.js';
import { keepSecret, withoutSecretsIn } from '../../secrets.js';
import { packageVersion } from '../../version.js';
import { connectTo } from '../client.js';
import type { Context } from '../context.js';
import { lookForDaemon } from '../discovery.js';
import { silentWords } from '../silent-daemon.js';
import type { Finding } from './finding.js';
import { type Known, StandIns } from './stand-ins.js';

type Json = z.core.util.JSONType;

/** Members whose values show what the user works on. */
const PRIVATE = /^(?:prompt|negative_prompt|template|env)$/i;
const HIDDEN = '[removed]';
/** Lines of the daemon's log that are included, from its end. */
const LOG_LINES = 500;
/** Folder of this installation. */
const INSTALLED = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/[\\/]$/, '');

type Asked = Pick<Context, 'stateDir' | 'clock' | 'config' | 'now'>;

/**
 * Writes the file into the current folder, readable by its owner alone, and returns its path.
 * @throws CosmosError usage when a file of that name exists, or the folder cannot be written to.
 */
export async function writeBundle(
  context: Asked,
  findings: readonly Finding[],
  folder = process.cwd(),
): Promise<string> {
  const file = path.join(folder, `cosmos-doctor-${context.now}.json`);
  const text = await makeBundle(context, findings);
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 }); // follows no link and overwrites nothing
    return file;
  } catch (error) {
    const why = errnoOf(error) === 'EEXIST' ? 'is there already' : `cannot be written (${errnoOf(error)})`;
    const message = `${file} ${why}; give the command in a folder of your own.`;
    throw new CosmosError('usage', message, { file }, { cause: error });
  }
}

async function makeBundle(context: Asked, findings: readonly Finding[]): Promise<string> {
  const { stateDir, clock } = context;
  for (const [name, value] of Object.entries(process.env)) if (isSecretName(name)) keepSecret(value ?? '');
  const told = await askDaemon(context);
  const { clips, watches, ...daemon } = typeof told === 'string' ? { clips: [], watches: [], said: told } : told;
  const facts = {
    made: isoNow(clock),
    version: packageVersion(),
    node: process.versions.node,
    system: `${process.platform} ${os.release()} ${os.arch()}`,
    findings,
    daemon: 'said' in daemon ? daemon.said : daemon,
    log: logLines(stateDir.daemonLog),
  };
  const jobs = 'said' in daemon ? [] : daemon.jobs;
  const known = knownNames({ clips, watches, jobs, config: configOf(context) }, context);
  const clean = redact(withoutSecretsIn(JSON.parse(JSON.stringify(facts))));
  return JSON.stringify(new StandIns(known).value(clean), null, 2);
}

/** The value of such a variable is a secret of the user. */
function isSecretName(name: string): boolean {
  return /TOKEN|SECRET|PASSW|PASSPHRASE|API_?KEY|ACCESS_KEY|CREDENTIAL/i.test(name);
}

/** Replaces the values of private fields at any depth. */
export function redact(value: Json): Json {
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, PRIVATE.test(key) && inner !== null ? HIDDEN : redact(inner)]),
  );
}

interface Named {
  readonly clips: readonly Clip[];
  readonly watches: readonly Watch[];
  readonly jobs: readonly Job[];
  readonly config: Config | undefined;
}

/** Folders come before the clips in them, so that a path gets one stand-in. */
function knownNames({ clips, watches, jobs, config }: Named, { stateDir, config: file }: Asked): Known {
  const hosts = config?.host ?? [];
  const some = (names: readonly (string | null | undefined)[]) => names.filter((name) => typeof name === 'string');
  return {
    names: {
      prompt: jobs.flatMap(({ settings }) => [
        settings.prompt,
        ...settings.promptOverridden.map(({ prompt }) => prompt),
      ]),
      watched: [...watches.map((watch) => watch.path), ...(config?.watch ?? []).map((watch) => watch.path)],
      clip: [
        ...clips.flatMap((clip) => [clip.path, clip.name]),
        ...some(jobs.map(({ clip }) => clip)),
        ...clips.map(({ id }) => id),
      ],
      job: jobs.flatMap(({ name, settings }) => [name, settings.name]),
      host: hosts.map(({ name }) => name),
      login: hosts.map(({ ssh }) => ssh).filter((ssh) => !hosts.some(({ name }) => name === ssh)),
      preset: [...Object.keys(config?.preset ?? {}), ...some(jobs.map(({ settings }) => settings.preset))],
      project: [...Object.keys(config?.project ?? {}), ...some(jobs.map(({ project }) => project))],
      tag: jobs.flatMap(({ tags }) => tags),
      account: [os.userInfo().username],
      computer: [os.hostname()],
    },
    folders: {
      '<state>': stateDir.root,
      '<installed>': INSTALLED,
      ...(file !== undefined && { '<config>': path.dirname(file) }),
      '~': os.homedir(),
    },
  };
}

/** A configuration that cannot be read is in the findings, so it is left out here. */
function configOf({ config }: Asked): Config | undefined {
  try {
    return loadConfig(config).config;
  } catch {
    return undefined;
  }
}

/** The bundle is made when things are broken, so a daemon that does not answer is a fact and no error. */
async function askDaemon({ stateDir, clock }: Asked) {
  const presence = await lookForDaemon(stateDir, clock);
  if (presence.kind === 'absent') return 'not running';
  if (presence.kind !== 'well') return silentWords(presence, stateDir);
  try {
    const client = await connectTo(presence.discovery);
    const status = await client.call('daemon.status', {});
    const { jobs } = await client.call('job.list', { limit: 50 });
    const { hosts } = await client.call('host.list', {});
    const { clips } = await client.call('clip.list', {}); // read only for their names
    const { watches } = await client.call('watch.list', {});
    await client.close();
    return { status, jobs, hosts, clips, watches };
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

/** Parses the records of the log, so that private fields are found in them too. */
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
    return HIDDEN; // not a record that the daemon wrote, so it may hold anything
  }
}
