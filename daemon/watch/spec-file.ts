/** Finds the spec that a person wrote for a clip. */
import path from 'node:path';
import { parse } from 'jsonc-parser';
import { HintKey } from '../../schemas/index.js';
import { KINDS } from '../foreign/kinds.js';
import { decodeText } from '../text/decode.js';
import { pointerIn } from '../text/pointer.js';
import { TextProblem } from '../text/problem.js';
import { readBytes } from '../text/read.js';
import type { ListedFile } from './listing.js';
import { isOwnFile } from './own-files.js';

/** Any of these at the top makes a JSON file a spec: NVIDIA's own field names, in both dialects. */
const SPEC_KEYS = ['prompt', 'prompt_path', 'video_path', 'blur', ...HintKey.options];

/**
 * Possible names of the spec beside a clip; `loose` allows a plain `<name>.json` (flat folders). Characters in the name
 * of a clip that a file name cannot have become "_".
 */
export function specNames(clip: string, loose: boolean, platform: NodeJS.Platform = process.platform): string[] {
  const name = clip.replace(platform === 'win32' ? /[<>:"/\\|?*\p{Cc}]/gu : /[/\0]/g, '_');
  return loose ? [`${name}.cosmos.json`, `${name}.json`] : [`${name}.cosmos.json`];
}

/** Remembers which files are specs until their size or time changes. */
export class SpecFinder {
  private readonly looked = new Map<string, { stamp: string; isSpec: boolean }>();

  constructor(
    private readonly folder: string,
    private readonly root: string,
  ) {}

  /**
   * Absolute path of the first candidate that is a spec, or null. A candidate whose name says that it is a spec counts
   * also when it is no file or leads out of the folder: a submit then fails until a person repairs it.
   */
  async find(candidates: readonly string[], files: readonly ListedFile[]): Promise<string | null> {
    for (const name of candidates) {
      const file = files.find((one) => one.name === name);
      if (file !== undefined && (await this.isSpec(file))) return path.join(this.folder, name);
    }
    return null;
  }

  private async isSpec(file: ListedFile): Promise<boolean> {
    if (file.name.endsWith('.cosmos.json')) return true; // its name makes it a spec, even when its text has an error
    if (file.problem !== null || isOwnFile(file.name) || file.size > KINDS.spec.most) return false;
    const stamp = `${file.size} ${file.mtimeMs}`;
    const before = this.looked.get(file.name);
    if (before?.stamp === stamp) return before.isSpec;
    const isSpec = await this.hasSpecKeys(file.name);
    this.looked.set(file.name, { stamp, isSpec });
    return isSpec;
  }

  /** A spec with a syntax error is still the spec: the check then says what is wrong. */
  private async hasSpecKeys(name: string): Promise<boolean> {
    const bytes = await readBytes(path.join(this.folder, name), { kind: KINDS.spec, root: this.root }).catch(
      () => null,
    ); // gone again: no spec
    if (bytes === null || bytes instanceof TextProblem) return false;
    if (pointerIn(bytes.toString('latin1')) !== null) return true; // the file behind the link cannot be read
    const decoded = decodeText(bytes);
    // Keys are ASCII in every encoding after the NULs of a UTF-16 file without a mark are removed.
    const text = decoded instanceof TextProblem ? bytes.toString('latin1').replaceAll('\0', '') : decoded.text;
    const value: unknown = parse(text, [], { allowTrailingComma: true });
    return typeof value === 'object' && value !== null && SPEC_KEYS.some((key) => key in value);
  }
}
