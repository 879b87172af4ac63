/** Control groups that a host's containers leave: nothing but an explicit rmdir removes them. */
import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { until } from './execute.js';

const ROOT = '/sys/fs/cgroup';

/** Removes the groups of that name in every hierarchy. Waits for the kernel to let go of processes just killed. */
export async function removeCgroups(name: string): Promise<void> {
  await until(`the control groups ${name} are gone`, () => cgroupsNamed(name).map(removed).every(Boolean));
}

/** cgroup v2 has one hierarchy, v1 one for each controller. */
export function cgroupsNamed(name: string): string[] {
  const controllers = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const roots = [ROOT, ...controllers.map((entry) => path.join(ROOT, entry.name))];
  return roots.map((root) => path.join(root, name)).filter((folder) => existsSync(folder));
}

/** false while a process that is ending still counts as a member. */
function removed(folder: string): boolean {
  try {
    const groups = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const group of groups) removed(path.join(folder, group.name));
    rmdirSync(folder);
    return true;
  } catch {
    return !existsSync(folder);
  }
}
