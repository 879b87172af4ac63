/** Finds a program by the rules of the system, as a shell would. */
import path from 'node:path';

export interface System {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  isFile(file: string): boolean;
}

/** The path functions of that system. */
export function pathOf(platform: NodeJS.Platform): path.PlatformPath {
  return platform === 'win32' ? path.win32 : path.posix;
}

/**
 * The absolute path of the first program of that name on PATH. Relative folders on PATH are skipped, because anybody
 * could write there.
 */
export function onPath(name: string, { platform, env, isFile }: System): string | undefined {
  const { delimiter, isAbsolute, join } = pathOf(platform);
  const folders = (variable(env, 'PATH') ?? '').split(delimiter).map((folder) => folder.replace(/^"(.*)"$/, '$1'));
  const endings = platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  const files = folders.filter(isAbsolute).flatMap((folder) => endings.map((ending) => join(folder, name + ending)));
  return files.find(isFile);
}

/** Windows writes it "Path". */
function variable(env: System['env'], name: string): string | undefined {
  return Object.entries(env).find(([key, value]) => key.toUpperCase() === name && value !== undefined)?.[1];
}
