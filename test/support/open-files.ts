import { readdirSync, readlinkSync } from 'node:fs';

/** Files below a folder that any process has open (Linux; root sees them all). */
export function openFilesBelow(folder: string): string[] {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return processes.flatMap((pid) => openFilesOf(pid)).filter((file) => file.startsWith(`${folder}/`));
}

function openFilesOf(pid: string): string[] {
  const handles = ifThere(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
  return handles.flatMap((handle) => ifThere(() => readlinkSync(`/proc/${pid}/fd/${handle}`)) ?? []);
}

/** Processes and their handles come and go while one looks, the one for looking too. */
function ifThere<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
