/** Paths of another system, and characters that this one has in no path: each with what to write instead. */
import type { Machine } from './machine.js';

/** The rest of a sentence that begins with the path; null = it is a path of this system. */
export function foreignPath(text: string, machine: Machine): string | null {
  if (/^[a-z]:(?![\\/]|$)/i.test(text)) {
    const drive = text.slice(0, 2);
    return (
      `has no separator after ${drive}: write ${drive}/ and the folder with forward slashes. ` +
      'In double quotes a backslash is the beginning of an escape, not a separator.'
    );
  }
  return machine.platform === 'win32' ? foreignOnWindows(text) : foreignOnPosix(text, machine);
}

function foreignOnPosix(text: string, { platform, exists }: Machine): string | null {
  const system = platform === 'darwin' ? 'macOS' : 'Linux';
  const [, drive, below] = /^\/?([a-z]):(?=[\\/]|$)[\\/]*(.*)$/i.exec(text) ?? [];
  if (drive !== undefined && below !== undefined) {
    const wsl = `/mnt/${drive.toLowerCase()}`; // where WSL has the drives of Windows
    const there = below === '' ? wsl : `${wsl}/${withSlashes(below)}`;
    if (exists(wsl)) return `is a path of Windows; here, in WSL, the same folder is ${there}: write that.`;
    return `is a path of Windows, and this machine runs ${system}: write the folder where that drive is mounted here.`;
  }
  const [, server] = /^(?:\\\\|\/\/)([^\\/]+)[\\/]+[^\\/]/.exec(text) ?? [];
  if (server !== undefined && !(text.startsWith('/') && exists(`/${server}`))) {
    return `is a share of the server ${server}, as Windows writes it: mount it, and write the folder where it then is.`;
  }
  if (!text.includes('\\')) return null;
  const unescaped = text.replace(/\\([ ()&'"!$#;*?[\]])/g, '$1');
  if (!unescaped.includes('\\')) return `has the backslashes of a shell: write "${unescaped}".`;
  return `separates folders by backslashes, as only Windows does: write "${withSlashes(text)}".`;
}

function foreignOnWindows(text: string): string | null {
  const [, drive, below = ''] = /^\/(?:mnt\/)?([a-z])(?:\/(.*))?$/i.exec(text) ?? [];
  if (drive !== undefined) {
    const meant = `${drive.toUpperCase()}:/${below}`;
    return `is a path of WSL or Git Bash; Windows itself calls the folder ${meant}: write that.`;
  }
  if (/^[\\/](?![\\/])/.test(text)) {
    return 'has neither a drive nor a server: write it from the drive on, D:/renders, or as a share, //server/share.';
  }
  const [never] = /[<>"|?*]|(?<!^[a-z]):/i.exec(text.replace(/^\\\\[?.]\\/, '')) ?? [];
  return never === undefined ? null : `holds ${never}, which Windows has in no name of a file or folder.`;
}

function withSlashes(text: string): string {
  return text.replaceAll('\\', '/');
}
