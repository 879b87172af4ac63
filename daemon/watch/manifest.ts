/** Reads and checks cosmos-clip.json, and keeps the answer until the file changes. */
import path from 'node:path';
import type * as z from 'zod';
import { ClipManifest, MANIFEST_FILE, WITHDRAWN_MANIFEST_FILE } from '../../schemas/index.js';
import { CosmosError, errnoOf } from '../errors.js';
import { lstatForeign } from '../foreign/folder.js';
import { KINDS } from '../foreign/kinds.js';
import { lookAt } from '../foreign/open.js';
import { Refusal } from '../foreign/refusal.js';
import { untilFree } from '../held-file.js';
import { decodeText } from '../text/decode.js';
import { TextProblem } from '../text/problem.js';
import { readBytes } from '../text/read.js';

/** The answer: `problem` is a sentence that names the key; withdrawn = a render has taken the manifest away. */
export type ManifestReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'read'; readonly manifest: ClipManifest; readonly below: readonly string[] }
  | { readonly kind: 'wrong'; readonly problem: string };

/** Milliseconds for which another program (a virus scanner) may hold a manifest before people hear of it. */
const HELD_MS = 2000;

/** Parses the manifest's text. Pure. */
export function parseManifest(text: string): ManifestReading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return wrong(`this is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = ClipManifest.safeParse(json);
  if (!parsed.success) return wrong(complaint(parsed.error, json));
  const escaping = pathsOf(parsed.data).find(([, file]) => leadsOut(file));
  if (escaping !== undefined)
    return wrong(`${escaping[0]}: ${JSON.stringify(escaping[1])} leads out of the clip folder`);
  const manifest = withSlashes(parsed.data);
  const unnumbered = Object.entries(manifest.passes).find(([, pass]) => pass?.pattern?.includes('#') === false);
  if (unnumbered !== undefined) return wrong(`passes.${unnumbered[0]}.pattern: has no # where the frame number stands`);
  if (manifest.frames.last < manifest.frames.first) return wrong('frames.last: is before frames.first');
  return { kind: 'read', manifest, below: subfolders(manifest) };
}

/** Reads the manifest of one clip folder again only when its size or time differ from the last look. */
export class ManifestReader {
  private signature = '';
  private reading: ManifestReading = { kind: 'none' };

  /** @param root below which it must lie, when it is a link; null = anywhere */
  constructor(
    private readonly folder: string,
    private readonly root: string | null,
  ) {}

  async read(): Promise<ManifestReading> {
    const file = path.join(this.folder, MANIFEST_FILE);
    try {
      const { size, mtimeMs, ino } = (await lookAt(file, { root: this.root })).stats;
      const signature = `${size} ${mtimeMs} ${ino}`;
      if (signature === this.signature) return this.reading;
      this.reading = await untilFree(() => readOne(file, this.root), { ms: HELD_MS });
      this.signature = signature;
    } catch (error) {
      this.signature = '';
      if (error instanceof Refusal) return wrong(`${error.what}; ${error.remedy}`);
      if (error instanceof CosmosError) throw error;
      const why = errnoOf(error);
      this.reading = why === 'ENOENT' ? await this.absent() : wrong(`cannot be read (${why ?? String(error)})`);
    }
    return this.reading;
  }

  private async absent(): Promise<ManifestReading> {
    const withdrawn = await lstatForeign(path.join(this.folder, WITHDRAWN_MANIFEST_FILE)).catch(() => null); // as if it were not there
    return { kind: withdrawn === null ? 'none' : 'withdrawn' };
  }
}

async function readOne(file: string, root: string | null): Promise<ManifestReading> {
  const bytes = await readBytes(file, { kind: KINDS.manifest, root });
  const decoded = bytes instanceof TextProblem ? bytes : decodeText(bytes);
  return decoded instanceof TextProblem
    ? { kind: 'wrong', problem: decoded.of(MANIFEST_FILE) }
    : parseManifest(decoded.text);
}

function wrong(problem: string): ManifestReading {
  return { kind: 'wrong', problem: `${MANIFEST_FILE}: ${problem}` };
}

/** "frames.last: expected a number, got text" from the first thing zod found. */
function complaint(error: z.ZodError, json: unknown): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'has an unknown error';
  const key = issue.path.map(String).join('.');
  return key === '' ? sentence(issue, json) : `${key}: ${sentence(issue, valueAt(json, issue.path))}`;
}

const EXPECTED: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  boolean: 'true or false',
};

function sentence(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${EXPECTED[issue.expected] ?? issue.expected}${value === undefined ? ', but it is missing' : ''}`;
    case 'unrecognized_keys':
      return `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    case 'invalid_union':
      return issue.errors.flatMap(([first]) => (first === undefined ? [] : [sentence(first, value)])).join(' or ');
    default:
      return issue.message.replace(/^Invalid input: /, '');
  }
}

function valueAt(json: unknown, keys: readonly PropertyKey[]): unknown {
  return keys.reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }, json);
}

function pathsOf(manifest: ClipManifest): [key: string, file: string][] {
  const passes = Object.entries(manifest.passes).map(([pass, source]): [string, string] => {
    return [`passes.${pass}`, source?.pattern ?? source?.file ?? ''];
  });
  const files = manifest.files.map(({ path: file }, index): [string, string] => [`files.${index}.path`, file]);
  const camera: [string, string][] =
    manifest.camera !== undefined && 'file' in manifest.camera ? [['camera.file', manifest.camera.file]] : [];
  return [...passes, ...files, ...camera];
}

/** Exporters on Windows may use backslashes, and the daemon may run on another system. */
function withSlashes(manifest: ClipManifest): ClipManifest {
  const slashed = (text: string) => text.replaceAll('\\', '/');
  const passes = Object.entries(manifest.passes).map(([pass, source]) => {
    const { pattern, file } = source ?? {};
    return [pass, { ...source, ...(pattern && { pattern: slashed(pattern) }), ...(file && { file: slashed(file) }) }];
  });
  const files = manifest.files.map((one) => ({ ...one, path: slashed(one.path) }));
  return { ...manifest, passes: Object.fromEntries(passes), files };
}

/** Whether a path leaves the folder of the manifest: absolute on any platform, with a drive, or with "..". */
function leadsOut(file: string): boolean {
  return path.posix.isAbsolute(file) || /^(?:[a-z]:|\\)/i.test(file) || file.split(/[\\/]/).includes('..');
}

/** Folders below the clip that its passes lie in, with forward slashes. */
function subfolders(manifest: ClipManifest): string[] {
  const folders = pathsOf(manifest).map(([, file]) => path.posix.dirname(file));
  return [...new Set(folders)].filter((folder) => folder !== '.');
}
