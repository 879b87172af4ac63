/**
 * Shortens paths of the run's own folder. A log names
 * "/home/anna/.local/share/.../runs/run-7jvnfyeu/specs/job-5eahegz3/inputs/depth.mp4" and means the input
 * "inputs/depth.mp4". Only the beginning of the path is removed, and only if it is the folder of this run. The full path
 * is kept so that it can be shown. Pure.
 */

/** The job and run of the log. */
export interface RunPlaces {
  readonly run: string;
  readonly job: string;
  /** Absolute path of the daemon's own copy of the log, from log.read: "<state>/runs/<run>/log". */
  readonly file: string;
  /** It ran on the daemon's own machine, where the exact path of its folder is known. */
  readonly isLocal: boolean;
  /** The verified video of this attempt; undefined = none. */
  readonly video?: string;
}

/** Lines and characters count from 0. */
export interface Shortened {
  readonly line: number;
  readonly from: number;
  readonly length: number;
  /** The full path in the log. */
  readonly whole: string;
}

export interface ShortText {
  readonly text: string;
  /** Sorted by position in the text. */
  readonly shortened: readonly Shortened[];
}

/** A path separator. Python writes each backslash twice in the repr of a text. */
const SEPARATOR = '(?:/|\\\\{1,2})';
/** Characters that end a name, so that "runs/run-1" is not found in "runs/run-12". */
const NAME_ENDS = '(?![\\w-]|\\.\\w)';
/** The begin of a path after a quote, a bracket or a space. */
const BEGINS = /(?:^|[\s'"`([{<=,;|:])((?:file:\/\/)?(?:\/(?!\/)|~\/|[A-Za-z]:[\\/]|\\\\))/g;
/** Characters of the longest path that is searched (the limit of macOS), because a line may be as long as the log. */
const LONGEST = 1024;
/** Characters after a path that do not belong to it. */
const TRAILING = /[.,:;)\]}>]+$/;
/** The words before the path of the finished video (daemon/workload/preview, cosmos_transfer2/inference.py). */
const VIDEO_SAVED = /\b(?:Preview|Generated video) saved to ['"]?$/;

/** A text and its line ends, which are not changed. */
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

/** The current line and column in the new text. */
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

/** Folders of the run on the daemon's machine: that of the log, and that of the local host (daemon/state-dir.ts). */
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
  const lead = isWindows && state.startsWith('\\\\') ? '\\\\{0,2}' : ''; // \\server\share, maybe doubled
  return [new RegExp(`(?<![\\p{L}\\p{N}_.~/\\\\-])(?:file:/{2,3})?${lead}${folder}`, isWindows ? 'iu' : 'u')];
}

/** The begin of the path that ends with the folder of the run; undefined = it may not be ours. */
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
  // A space may belong to the folder or separate two paths: only quotes decide.
  const isQuoted = /['"`]/.test(quote) && !piece.slice(start).includes(quote);
  return isQuoted || !/\s/.test(piece.slice(start)) ? start : undefined;
}

/**
 * The rest of the path after the run's folder, with the separator; '' = the folder itself. Names in it are made by the
 * daemon and contain no spaces (daemon/workload/transfer/output-name.ts).
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

/** What the file is for the job. Paths in a spec start at the folder of the spec. */
function meaning(inside: string, { run, job }: RunPlaces): string {
  const path = inside.replace(/^[/\\]+/, '');
  const own = new RegExp(`^specs[/\\\\]+${escaped(job)}[/\\\\]+(?=.)`).exec(path);
  if (own !== null) return path.slice(own[0].length);
  return /^(?:out|specs)(?:[/\\]|$)/.test(path) ? path : `${run}${inside}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
