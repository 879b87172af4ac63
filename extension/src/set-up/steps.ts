/** The programs that must run, in this order, before a daemon can start on this machine. Pure. */
import type { Clone } from './clone.js';
import { pathOf, type System } from './programs.js';

export interface Step {
  /** Absolute path. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** It takes minutes, because it downloads packages and builds everything. */
  readonly isLong: boolean;
}

const INSTALL = ['daemon', 'install'];

/** The steps with the program `cosmos` on PATH. */
export function stepsOfProgram(cosmos: string, { platform, env }: Omit<System, 'isFile'>): Step[] {
  const { dirname, basename } = pathOf(platform);
  const cwd = dirname(cosmos);
  const isBatch = platform === 'win32' && /\.(cmd|bat)$/i.test(cosmos);
  if (!isBatch) return [{ program: cosmos, args: INSTALL, cwd, isLong: false }];
  // Only cmd.exe runs a batch file, and it has its own quoting rules for paths.
  // So it gets the bare name and starts in its folder.
  return [{ program: comSpec(env), args: ['/d', '/c', basename(cosmos), ...INSTALL], cwd, isLong: false }];
}

/** The steps with a clone, which is built first if needed. */
export function stepsOfClone({ folder, main, isBuilt, setup }: Clone, node: string): Step[] {
  const install = { program: node, args: [main, ...INSTALL], cwd: folder, isLong: false };
  return isBuilt ? [install] : [{ program: node, args: [setup], cwd: folder, isLong: true }, install];
}

function comSpec(env: System['env']): string {
  return env.ComSpec ?? env.COMSPEC ?? 'C:\\Windows\\System32\\cmd.exe';
}
