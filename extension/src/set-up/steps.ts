/** What has to be run, in this order, so that a daemon can be started on this machine. Pure. */
import type { Clone } from './clone.js';
import { pathOf, type System } from './programs.js';

export interface Step {
  /** Absolute. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Takes minutes: packages are fetched and everything is built. */
  readonly isLong: boolean;
}

const INSTALL = ['daemon', 'install'];

/** By the program `cosmos` of PATH. */
export function stepsOfProgram(cosmos: string, { platform, env }: Omit<System, 'isFile'>): Step[] {
  const { dirname, basename } = pathOf(platform);
  const cwd = dirname(cosmos);
  const isBatch = platform === 'win32' && /\.(cmd|bat)$/i.test(cosmos);
  if (!isBatch) return [{ program: cosmos, args: INSTALL, cwd, isLong: false }];
  // Only cmd.exe runs a batch file, and reads its path by rules of its own: so it gets the bare name, in its folder.
  return [{ program: comSpec(env), args: ['/d', '/c', basename(cosmos), ...INSTALL], cwd, isLong: false }];
}

/** By a clone, which is built first where it is not. */
export function stepsOfClone({ folder, main, isBuilt, setup }: Clone, node: string): Step[] {
  const install = { program: node, args: [main, ...INSTALL], cwd: folder, isLong: false };
  return isBuilt ? [install] : [{ program: node, args: [setup], cwd: folder, isLong: true }, install];
}

function comSpec(env: System['env']): string {
  return env.ComSpec ?? env.COMSPEC ?? 'C:\\Windows\\System32\\cmd.exe';
}
