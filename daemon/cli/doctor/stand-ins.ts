/**
 * Replaces the names that users gave (folders, files, clips, jobs, presets, projects, tags, hosts, accounts, addresses)
 * by stand-ins. In one bundle the same name always gets the same stand-in, so that a reader can follow one clip through
 * it; the real name is nowhere in it.
 */
import type * as z from 'zod';

type Json = z.core.util.JSONType;

/** The names that are replaced. */
export interface Known {
  /** Kind ("clip", "host") -> the names of that kind. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Folders that get a fixed mark instead of a stand-in: "<state>" -> its path. */
  readonly folders: Readonly<Record<string, string>>;
}

/** Members whose values are fixed words and stay as they are. (A clip may be called "ready".) */
const OUR_WORDS = /^(?:state|engines?|level|code|class|kind|event|check|version|node|system|made)$/;
/** A name shorter than this many letters is replaced only where it stands alone; elsewhere it may be part of a word. */
const SHORTEST_IN_TEXT = 3;
const PARTS: readonly [RegExp, string][] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/(?!127\.0\.0\.1|localhost|\[::1\])[^\s"'<>]+/gi, 'url'],
  [/\b(?!user@host\b)[\w.+-]+@[\w-][\w.-]*/g, 'login'],
  [/\b(?!127\.|0\.0\.0\.0)\d{1,3}(?:\.\d{1,3}){3}\b/g, 'address'],
];
/** A path, absolute or with folders, up to a blank or a quote; a file of a scene by its ending. */
const PATH =
  /(?<![\w<>:/\\])(?:[a-z]:)?[\\/][^\s"'<>|:;,]+|[^\s"'<>|:;,()/\\]+(?:[\\/][^\s"'<>|:;,()/\\]+)+\.\w{2,5}\b/gi;
const FILE =
  /[^\s"'<>|:;,()/\\]+\.(?:png|jpe?g|exr|tiff?|dpx|hdr|webp|mp4|mov|mkv|webm|avi|mxf|hip\w*|usd\w?|abc|json|txt|toml|log)\b/gi;
const OUR_FILES =
  /^(?:cosmos\.(?:toml|db)|cosmos-clip\.json|(?:daemon|install|standstill|at-work)\.json|daemon\.log|prompt\.txt)$/i;

const STAND_IN = /^[a-z]+-\d+$/;

export class StandIns {
  private readonly given = new Map<string, string>();
  private readonly counts = new Map<string, number>();
  private readonly inText: RegExp | undefined;

  constructor(private readonly known: Known) {
    const pairs = Object.entries(known.names).flatMap(([kind, names]) => names.map((name) => ({ kind, name })));
    const distinct = pairs.filter(({ name }, at) => name !== '' && pairs.findIndex((one) => one.name === name) === at);
    for (const { kind, name } of distinct) this.standIn(kind, name);
    const long = distinct.map(({ name }) => name).filter(({ length }) => length >= SHORTEST_IN_TEXT);
    const alternatives = long
      .sort((a, b) => b.length - a.length)
      .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
    if (alternatives.length > 0)
      this.inText = new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  }

  /** A value with stand-ins in its texts. */
  value(value: Json, key = ''): Json {
    if (typeof value === 'string') return OUR_WORDS.test(key) ? value : this.text(value);
    if (Array.isArray(value)) return value.map((one) => this.value(one, key));
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).map(([name, one]) => [name, this.value(one, name)]);
    return Object.fromEntries(members);
  }

  text(text: string): string {
    const alone = this.given.get(text);
    if (alone !== undefined) return alone;
    let shown = text;
    for (const [mark, folder] of this.folders()) shown = shown.replaceAll(folder, mark);
    if (this.inText !== undefined) shown = shown.replace(this.inText, (name) => this.given.get(name) ?? name);
    for (const [pattern, kind] of PARTS) shown = shown.replace(pattern, (found) => this.standIn(kind, found));
    const isPath = /^(?:[a-z]:)?[\\/][^\n]*$/i.test(shown);
    if (isPath) return this.path(shown);
    return shown.replace(PATH, (found) => this.path(found)).replace(FILE, (found) => this.file(found));
  }

  /** The deepest first: the state folder lies in the home folder. */
  private folders(): [string, string][] {
    const all = Object.entries(this.known.folders).filter(([, folder]) => folder.length > 1);
    return all.sort(([, a], [, b]) => b.length - a.length);
  }

  private path(path: string): string {
    const parts = path.split(/([\\/])/);
    return parts.map((part) => (/^(?:[\\/]|[a-z]:|<\w+>|~|\.{0,2})$/i.test(part) ? part : this.file(part))).join('');
  }

  /** The ending stays: it says what kind of file it is. */
  private file(name: string): string {
    const ending = /\.\w{2,5}$/.exec(name)?.[0] ?? '';
    const stem = name.slice(0, name.length - ending.length);
    return OUR_FILES.test(name) || STAND_IN.test(stem) ? name : `${this.standIn('name', stem)}${ending}`;
  }

  private standIn(kind: string, name: string): string {
    const known = this.given.get(name);
    if (known !== undefined) return known;
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const standIn = `${kind}-${count}`;
    this.given.set(name, standIn);
    return standIn;
  }
}
