/** Checks the configured hosts, through the daemon, because only the daemon holds the keys to them. */
import type { DaemonClient } from '../../../client/daemon-client.js';
import type { HostConfig } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import type { HostCheck } from '../../../schemas/received.js';
import { placeOfPassword } from '../../config.js';
import { CosmosError } from '../../errors.js';
import { connectTo } from '../client.js';
import type { Presence } from '../discovery.js';
import { count } from '../output/amounts.js';
import type { Finding } from './finding.js';

export async function checkHosts(presence: Presence, hosts: readonly HostConfig[]): Promise<Finding[]> {
  const refused = hosts.filter((host) => placeOfPassword(host) !== undefined);
  const others = hosts.filter((host) => !refused.includes(host));
  return [...refused.map(withPassword), ...(await checkOthers(presence, others))];
}

/** This host is refused without a check. */
function withPassword(host: HostConfig): Finding {
  const message = `${placeOfPassword(host)}: "${host.ssh}": a password has no place here, and is not shown`;
  const remedy = `Write user@host:port, and log in with a key or by \`cosmos host login ${host.name}\`.`;
  return { name: nameOf(host.name), level: 'fail', message, remedy };
}

async function checkOthers(presence: Presence, hosts: readonly HostConfig[]): Promise<Finding[]> {
  if (hosts.length === 0) return [];
  if (presence.kind === 'absent') return hosts.map((host) => unseen(host, 'no daemon runs'));
  if (presence.kind !== 'well') return hosts.map((host) => unseen(host, SILENT));
  try {
    const daemon = await connectTo(presence.discovery);
    const findings = await Promise.all(hosts.map((host) => checkHost(daemon, host)));
    await daemon.close();
    return findings.flat();
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    return hosts.map((host) => unseen(host, SILENT)); // the check of the daemon reports what is wrong with it
  }
}

const SILENT = 'the daemon does not answer';

function unseen({ name }: HostConfig, why: string): Finding {
  const message = `not looked at, because ${why}`;
  return { name: nameOf(name), level: 'warn', message, remedy: `cosmos host test ${name}` };
}

async function checkHost(daemon: DaemonClient, { name }: HostConfig): Promise<Finding[]> {
  try {
    const { probe } = await daemon.call('host.probe', { host: name });
    const open = probe.checks.filter(({ state }) => state === 'warning' || state === 'failed');
    const passed = probe.checks.filter(({ state }) => state === 'ok').length;
    if (open.length > 0) return open.map((check) => toFinding(name, check));
    return [{ name: nameOf(name), level: 'ok', message: `${count(passed, 'check')} passed` }];
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    return [{ name: nameOf(name), level: 'fail', message: error.message, remedy: `cosmos host test ${name}` }];
  }
}

function toFinding(name: string, { check, engine, state, message, remedy }: HostCheck): Finding {
  const subject = engine === null ? check : `${check}, ${modelTitle(engine)}`;
  const level = state === 'failed' ? 'fail' : 'warn';
  return { name: nameOf(name), level, message: `${subject}: ${message}`, ...(remedy !== null && { remedy }) };
}

function nameOf(host: string): string {
  return `Host ${host}`;
}
