/**
 * Paths of a run's own folder as people read them. A log names "/home/anna/.local/share/.../runs/run-7jvnfyeu/specs/
 * job-5eahegz3/inputs/depth.mp4", and means the input "inputs/depth.mp4". Only what stands in front goes, and only where
 * it is the folder of this very run; what was there is kept for whoever wants to see it. Pure.
 */

/** Whose log it is. */
export interface RunPlaces {
  readonly run: string;
  readonly job: string;
  /** Absolute path of the daemon's own copy of the log, as log.read tells it: "<state>/runs/<run>/log". */
  readonly file: string;
  /** It ran on the daemon's own machine, where the folder of the run is known to the letter. */
  readonly isLocal: boolean;
  /** The verified video of this attempt; undefined = there is none. */
  readonly video?: string;
}

/** Lines and characters count from 0. */
export interface Shortened {
  readonly line: number;
  readonly from: number;
  readonly length: number;
  /** The path that stands in the log. */
  readonly whole: string;
}

export interface ShortText {
  readonly text: string;
  /** In the order of the text. */
  readonly shortened: readonly Shortened[];
}

/** Path separators; Python writes each backslash twice where it shows a text as it would be typed. */
const SEPARATOR = '(?:/|\\\\{1,2})';
/** What a path cannot go on with, so that "runs/run-1" is not found in "runs/run-12". */
const NAME_ENDS = '(?![\\w-]|\\.\\w)';
/** Where a path begins that has nothing in front of it but a quote, a bracket or a space. */
const BEGINS = /(?:^|[\s'"`([{<=,;|:])((?:file:\/\/)?(?:\/(?!\/)|~\/|[A-Za-z]:[\\/]|\\\\))/g;
/** Characters of the longest path that is looked for (macOS takes as many). A line may be as long as the log. */
const LONGEST = 1024;
/** What stands behind a path and is no part of it. */
const TRAILING = /[.,:;)\]}>]+$/;
/** What stands before the path of the finished video (daemon/engine/preview, cosmos_transfer2/inference.py). */
const VIDEO_SAVED = /\b(?:Preview|Generated video) saved to ['"]?$/;

/** A text with line ends; those stay as they are. */
export function shortenPaths(text: string, places: RunPlaces): ShortText {
  const folder = new RegExp(`${SEPARATOR}runs${SEPARATOR}${escaped(places.run)}${NAME_ENDS}`, 'g');
  const known = knownFolders(places);
  const parts: string[] = [];
  const shortened: Shortened[] = [];
  const at = new LineCounter();
  let done = 0;
  for (const { index, 0: marker } of text.matchAll(folder)) {
    const end = index + marker.length;
    const from = Math.max(done, index - LONGEST);
    const lineStart = from + text.slice(from, index).lastIndexOf('\n') + 1;
    const start = startOf(text.slice(lineStart, end), known, places.isLocal);
    if (start === undefined) continue;
    const begin = lineStart + start;
    const [rest = ''] = text.slice(end, end + LONGEST).split('\n', 1);
    const inside = insideOf(rest, text[begin - 1]);
    const isVideo = places.video !== undefined && VIDEO_SAVED.test(text.slice(lineStart, begin)) && isMainVideo(inside);
    const short = isVideo ? (places.video ?? '') : meaning(inside, places);
    const before = text.slice(done, begin);
    parts.push(before, short);
    at.pass(before);
    shortened.push({ line: at.line, from: at.column, length: short.length, whole: text.slice(begin, end) + inside });
    at.pass(short);
    done = end + inside.length;
  }
  parts.push(text.slice(done));
  return { text: parts.join(''), shortened };
}

/** Where one is in the text that is made. */
class LineCounter {
  line = 0;
  column = 0;

  pass(text: string): void {
    const last = text.lastIndexOf('\n');
    if (last < 0) {
      this.column += text.length;
      return;
    }
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.line++;
    this.column = text.length - last - 1;
  }
}

/** Folders of the run on the daemon's machine: the log's own, and that of the local host (daemon/state-dir.ts). */
function knownFolders({ run, file }: RunPlaces): RegExp[] {
  const [, state] =
    new RegExp(`^(.*)${SEPARATOR}runs${SEPARATOR}${escaped(run)}${SEPARATOR}log$`, 's').exec(file) ?? [];
  if (state === undefined) return [];
  const isWindows = /^(?:[A-Za-z]:|\\\\)/.test(state);
  const root = state
    .split(isWindows ? /[\\/]+/ : '/')
    .map(escaped)
    .join(SEPARATOR);
  const folder = `${root}(?:${SEPARATOR}local)?${SEPARATOR}runs${SEPARATOR}${escaped(run)}$`;
  const lead = isWindows && state.startsWith('\\\\') ? '\\\\{0,2}' : ''; // \\server\share, maybe written twice
  return [new RegExp(`(?<![\\p{L}\\p{N}_.~/\\\\-])(?:file:/{2,3})?${lead}${folder}`, isWindows ? 'iu' : 'u')];
}

/** Where the path begins that ends the piece with the folder of the run. undefined = it is not surely ours. */
function startOf(piece: string, known: readonly RegExp[], isLocal: boolean): number | undefined {
  for (const folder of known) {
    const found = folder.exec(piece);
    if (found !== null) return found.index;
  }
  if (isLocal) return undefined;
  const last = [...piece.matchAll(BEGINS)].at(-1);
  if (last === undefined) return undefined;
  const [whole, begin = ''] = last;
  const start = last.index + whole.length - begin.length;
  const quote = piece[start - 1] ?? '';
  // A space may belong to the folder or end another path: only quotes tell.
  const isQuoted = /['"`]/.test(quote) && !piece.slice(start).includes(quote);
  return isQuoted || !/\s/.test(piece.slice(start)) ? start : undefined;
}

/**
 * What follows the run's folder up to the end of the path, with the separator in front; '' = the folder itself. Names in
 * it are ours and have no spaces (daemon/prepare/output-name.ts).
 */
function insideOf(rest: string, before: string | undefined): string {
  if (!/^[/\\]/.test(rest)) return '';
  if (before !== undefined && /['"`]/.test(before)) {
    const end = rest.indexOf(before);
    if (end >= 0) return rest.slice(0, end);
  }
  const [word = ''] = /^[^\s'"`<>|]+/.exec(rest) ?? [];
  return word.replace(TRAILING, '');
}

function isMainVideo(inside: string): boolean {
  return /^[/\\]+out[/\\]+[^/\\]+\.mp4$/.test(inside);
}

/** What the file is to the job. The folder of a job's spec is where the paths of its spec begin. */
function meaning(inside: string, { run, job }: RunPlaces): string {
  const path = inside.replace(/^[/\\]+/, '');
  const own = new RegExp(`^specs[/\\\\]+${escaped(job)}[/\\\\]+(?=.)`).exec(path);
  if (own !== null) return path.slice(own[0].length);
  return /^(?:out|specs)(?:[/\\]|$)/.test(path) ? path : `${run}${inside}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
