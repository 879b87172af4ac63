/** Finds ffmpeg and ffprobe: configured path, PATH, Houdini's hffmpeg, then the npm packages that ship them. */
import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { CosmosError } from '../errors.js';
import { runProcess } from '../process.js';

export interface MediaTools {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  /** Release of ffmpeg, such as "5.1"; null for a development build, whose age is unknown. */
  readonly version: string | null;
}

/** Oldest release (major, minor) that the encodes were tried with. */
const MINIMUM_FFMPEG = [4, 1] as const;

const INSTALL_HINT =
  'Install ffmpeg (Debian/Ubuntu: apt-get install ffmpeg; Windows: winget install Gyan.FFmpeg), ' +
  'or set daemon.ffmpeg and daemon.ffprobe in cosmos.toml.';

/** @throws CosmosError media_tool_missing, naming what was tried and how to install. */
export async function findMediaTools(configured: { ffmpeg?: string; ffprobe?: string } = {}): Promise<MediaTools> {
  const ffmpeg = await find('ffmpeg', configured.ffmpeg);
  const ffprobe = await find('ffprobe', configured.ffprobe);
  const version = await releaseOf(ffmpeg);
  requireRecent(ffmpeg, version);
  return { ffmpeg, ffprobe, version };
}

async function find(tool: 'ffmpeg' | 'ffprobe', configured: string | undefined): Promise<string> {
  if (configured !== undefined) {
    if (await runs(configured)) return configured;
    throw new CosmosError('media_tool_missing', `daemon.${tool} is ${configured}, which does not run. ${INSTALL_HINT}`);
  }
  for (const candidate of candidates(tool)) if (await runs(candidate)) return candidate;
  throw new CosmosError('media_tool_missing', `${tool} was not found on PATH, in Houdini or in npm. ${INSTALL_HINT}`);
}

function candidates(tool: 'ffmpeg' | 'ffprobe'): string[] {
  const houdini = process.env.HFS === undefined ? [] : [path.join(process.env.HFS, 'bin', `h${tool}`)];
  return [tool, ...houdini, ...packaged(tool)];
}

/** The path inside @ffmpeg-installer or @ffprobe-installer, when that optional dependency is there. */
function packaged(tool: 'ffmpeg' | 'ffprobe'): string[] {
  try {
    const found: unknown = createRequire(import.meta.url)(`@${tool}-installer/${tool}`);
    const has = typeof found === 'object' && found !== null && 'path' in found && typeof found.path === 'string';
    return has ? [found.path as string] : [];
  } catch {
    return [];
  }
}

async function runs(file: string): Promise<boolean> {
  if (path.isAbsolute(file)) {
    const executable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (!executable) return false;
  }
  return runProcess(file, ['-version'], { timeout: 20_000 }).then(
    () => true,
    () => false,
  );
}

async function releaseOf(ffmpeg: string): Promise<string | null> {
  const { stdout } = await runProcess(ffmpeg, ['-version']);
  return /^ffmpeg version n?(\d+\.\d+)/.exec(stdout)?.[1] ?? null;
}

/** A development build is accepted: its age is unknown. */
function requireRecent(ffmpeg: string, version: string | null): void {
  if (version === null) return;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor] = MINIMUM_FFMPEG;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  const wanted = MINIMUM_FFMPEG.join('.');
  throw new CosmosError('media_tool_missing', `${ffmpeg} is ffmpeg ${version}; ${wanted} is needed. ${INSTALL_HINT}`);
}
