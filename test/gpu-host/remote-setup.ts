/** The settings with which a daemon uses a host of test/gpu-host: cosmos.toml, ~/.ssh/config, the env file on the host. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { must } from './execute.js';
import type { GpuHost } from './gpu-host.js';
import { SIM_IMAGE } from './sim/image.js';

export type RemoteEngine = 'transfer2.5' | 'cosmos3';

export const HOST_NAME = 'gpu1';

/** @param first settings that win over the usual ones: "User=nobody". */
export function writeSshConfig(home: string, host: GpuHost, first: readonly string[]): void {
  const folder = path.join(home, '.ssh');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const usual = host.sshOptions.filter((one) => /^(?:Port|\w+KnownHostsFile|Identity\w+)=/.test(one));
  const named = new Set(first.map(keyword)); // of IdentityFile all lines would count
  const rest = [`HostName=${host.address}`, `User=${host.user}`, ...usual].filter((one) => !named.has(keyword(one)));
  const lines = [...first, ...rest].map((setting) => `  ${setting}`);
  writeFileSync(path.join(folder, 'config'), `Host ${HOST_NAME}\n${lines.join('\n')}\n`, { mode: 0o600 });
}

function keyword(setting: string): string {
  return setting.slice(0, setting.indexOf('='));
}

/** cosmos.toml; EXPORTS stands for the export folder. */
export function configuration(engine: RemoteEngine, root: string, environment: string): string {
  return `
[[watch]]
path = EXPORTS
settle = 0.2

[queue]
backoff = 0.2

[[host]]
name = "${HOST_NAME}"
ssh = "${HOST_NAME}"
root = ${JSON.stringify(root)}
gpu = "H100 PCIe"
ownership = "mine"

[host.engine."${engine}"]
image = "${SIM_IMAGE}"
env_file = ${JSON.stringify(environment)}
`;
}

function variables(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Docker's env file, readable only by the user. */
export async function writeSecret(
  host: GpuHost,
  file: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const script = 'umask 077 && printf %s "$2" >"$1" && chown "$3:" "$1"';
  await must(host.command('sh', '-c', script, 'sh', file, variables(values), host.user));
}
