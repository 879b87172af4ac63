/** Programs the host has beside its distribution's, and those it must lack; laid over /usr/bin by files/init.sh. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { asset } from './assets.js';
import { must } from './execute.js';
import type { Settings } from './options.js';

interface Folders {
  /** Lies over /usr/bin. */
  readonly bin: string;
  /** For files that no PATH names. */
  readonly lib: string;
  /** State of the GPUs. */
  readonly gpus: string;
  /** File with the seconds by which `date` lies. */
  readonly clockSkew: string;
}

export async function installHostPrograms(folders: Folders, settings: Settings): Promise<void> {
  const { bin, lib, gpus, clockSkew } = folders;
  for (const name of ['nvidia-smi', 'nvidia-smi.awk']) copyFileSync(asset(name), `${lib}/${name}`);
  copyFileSync('/usr/bin/date', `${lib}/date`);

  install('date', bin, { STATE: clockSkew, DATE: `${lib}/date` });
  if (settings.driver) install('nvidia-smi', bin, { STATE: gpus, AWK: `${lib}/nvidia-smi.awk` });
  else await hide('nvidia-smi', bin);
  if (settings.toolkit) install('nvidia-container-runtime-hook', bin, { STATE: gpus, LIB: lib });
  else await hide('nvidia-container-runtime-hook', bin);
  if (!settings.docker) await hide('docker', bin);
}

/** Writes a program of files/ with its @NAMES@ replaced. */
function install(name: string, bin: string, values: Readonly<Record<string, string>>): void {
  const text = Object.entries(values).reduce(
    (script, [key, value]) => script.replaceAll(`@${key}@`, value),
    readFileSync(asset(name), 'utf8'),
  );
  writeFileSync(`${bin}/${name}`, text, { mode: 0o755 });
}

/** overlayfs takes a character device 0/0 for "there is no such file", whatever lies below. */
async function hide(name: string, bin: string): Promise<void> {
  await must(['mknod', `${bin}/${name}`, 'c', '0', '0']);
}
