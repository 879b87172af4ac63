// Writes docs/MAP.md, part of `npm run schemas`: every source file of the product with the sentence that it opens with.
// A folder has its sentence here in FOLDERS; a Python package has its own, in __init__.py.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const SOURCE = /\.(?:[cm]?ts|mjs|py)$/;
const PLUGIN = 'houdini/cosmos_bridge/scripts/python/cosmos_bridge';

/** Folder -> what it is for, in the order of the map. Folders below one are listed with it. */
export const FOLDERS = {
  schemas:
    'The shapes that cross a border: words, configuration, protocol and errors, in zod 4. They import nothing of ours.',
  'schemas/protocol': 'The table of methods and notifications, one noun a file.',
  'schemas/redact': 'The kinds of secrets that are found in a text, one kind a file.',
  'schemas/spec':
    "NVIDIA's side of the border: JSON as Python reads it, the types of pydantic, and one reader a dialect.",
  client: 'One connection to the daemon for every client in TypeScript.',
  daemon:
    'The daemon and its command. The files here start it, put its parts together, or are small tools that every part may use.',
  'daemon/artifact':
    'What a run leaves: it is verified, placed under a name, and gets its provenance and contact sheet.',
  'daemon/cli': 'The command `cosmos`. It speaks the protocol and starts a daemon when it needs one.',
  'daemon/cli/commands': 'One verb a file; verbs without a noun are here, the others in the folder of their noun.',
  'daemon/cli/commands/clip': 'The verbs of `cosmos clip`.',
  'daemon/cli/commands/daemon': 'The verbs of `cosmos daemon`.',
  'daemon/cli/commands/host': 'The verbs of `cosmos host`.',
  'daemon/cli/commands/houdini': 'The verbs of `cosmos houdini`.',
  'daemon/cli/commands/job': 'The verbs of `cosmos job`.',
  'daemon/cli/commands/preset': 'The verbs of `cosmos preset`.',
  'daemon/cli/commands/queue': 'The verbs of `cosmos queue`.',
  'daemon/cli/commands/result': 'The verbs of `cosmos result`.',
  'daemon/cli/commands/spec': 'The verbs of `cosmos spec`; they work without a daemon, except for the spec of a clip.',
  'daemon/cli/commands/watch': 'The verbs of `cosmos watch`.',
  'daemon/cli/doctor': 'The checks of `cosmos doctor` and its diagnostics file.',
  'daemon/cli/options': 'Parsers of command-line options that several verbs share.',
  'daemon/cli/output': 'How answers look on a terminal, and the one door through which every text goes out.',
  'daemon/contents': 'The content store: files by the SHA-256 of their bytes, and signatures of files that are frozen.',
  'daemon/demo':
    'The demo: a real daemon makes a video from a clip of its own, while frames come late and processes are killed.',
  'daemon/demo/scene': 'The destroyed city block that the demo renders, from a seed.',
  'daemon/demo/sim': 'The simulated GPU host of `cosmos demo --host sim`.',
  'daemon/fleet':
    'Which hosts there are: added, trusted, drained, forgotten, adopted from, and what clients see of them.',
  'daemon/foreign':
    'The one door to files of other people: regular files only, below their root, no bigger than their kind can be. A disk that does not answer blocks few threads.',
  'daemon/host': 'Where runs run. Here is the interface that every kind of host implements.',
  'daemon/host/local': 'This machine as a host.',
  'daemon/host/local/wrapper': 'The program that keeps a local run, its log and its exit code when the daemon dies.',
  'daemon/host/probe': 'What is wrong with a host, one check a file.',
  'daemon/host/probe/catalogue': 'The sentence and the remedy of each problem that a check can find.',
  'daemon/host/shell': 'A shell on another machine: one SSH connection, commands and scripts on it.',
  'daemon/host/shell/config':
    'How a host is reached: what cosmos.toml and ~/.ssh/config say, read as OpenSSH reads it.',
  'daemon/host/shell/keys': 'Host keys that are trusted, and keys and passwords that log in.',
  'daemon/host/ssh': 'A machine behind SSH as a host: containers and processes there.',
  'daemon/host/transfer': 'Files to and from another machine, by the SHA-256 of their content.',
  'daemon/houdini':
    'Puts the Houdini plugin into preference folders and takes it away. The running daemon does not need it.',
  'daemon/job':
    'Pure decisions about jobs: what may follow what, who runs next, who shares a run. No clock, no I/O, no promise.',
  'daemon/media': 'ffmpeg and ffprobe: found, asked, and streamed through.',
  'daemon/picture': 'The one reader of pictures, and the one maker of movies from them.',
  'daemon/picture/draw': 'From the values of a pass to the colours of a video.',
  'daemon/picture/exr': 'The reader of EXR files. It runs in a process of its own.',
  'daemon/picture/exr/codec': 'How one chunk of an EXR file is uncompressed, one compression a file.',
  'daemon/picture/image': 'Image files that ffmpeg decodes: their headers, and what is done with their pixels.',
  'daemon/picture/movie': 'Movies from passes: encoded, checked and measured.',
  'daemon/presets': 'The presets of cosmos.toml: found, saved, removed.',
  'daemon/queue': 'The database (SQLite). Every change and its journal row are one transaction.',
  'daemon/queue/migrations': 'The steps from an older schema of the database to the present one.',
  'daemon/run': 'The loop that moves jobs on, and what is done in each state.',
  'daemon/server':
    'HTTP and WebSocket on the loopback interface: who may come in, whose turn it is, and what is answered.',
  'daemon/server/methods': 'The handlers of the methods, one noun a file.',
  'daemon/submit': 'From a wish to jobs: targets, drafts, sweeps, holds, the spool, and clips that are ready.',
  'daemon/text':
    'The one reader of what people wrote: from bytes to text, or to a sentence that says what is wrong and where.',
  'daemon/watch':
    'From watched folders to clips. Events only say when to look; the listing of the folder says what is true.',
  'daemon/watchdog':
    'Notices that the event loop stands still, and at which steps the daemon was at work. It writes files beside the database.',
  'daemon/workload':
    'What is done: one folder an engine, and what engines share. Here is the interface that every engine implements.',
  'daemon/workload/cosmos3': 'Cosmos 3: its command, log, outcome and translation.',
  'daemon/workload/cosmos3/rules': 'The preflight rules of Cosmos 3, one subject a file.',
  'daemon/workload/dialects':
    'All that is done with the text of a spec of any engine: check, fix, translate. The command runs it without a daemon.',
  'daemon/workload/dialects/fix': 'Repairs the text of a spec, as far as a person need not decide.',
  'daemon/workload/dialects/rules': 'What a preflight rule is, and the list of all of them.',
  'daemon/workload/dialects/rules/common': 'The preflight rules that hold for both engines, one subject a file.',
  'daemon/workload/dialects/translate':
    'Translates a spec from one engine to another, with an account of what is lost.',
  'daemon/workload/failures':
    'The lines that programs print when they fail, one cause a file, and what to do about each.',
  'daemon/workload/nvidia': "What the programs of NVIDIA's engines share: logs, bars, ends of processes, estimates.",
  'daemon/workload/preview':
    'The preview on this machine. Its program runs as a process of its own, not in the daemon.',
  'daemon/workload/transfer':
    'What transfer of every engine shares: from a clip and settings to frozen bytes and a compiled spec.',
  'daemon/workload/transfer25': 'Transfer 2.5: its command, log, outcome and translation.',
  'daemon/workload/transfer25/rules': 'The preflight rules of Transfer 2.5, one subject a file.',
  'daemon/written-path': 'Parts of written-path.ts: variables, paths of other systems, and what is said of them.',
  'extension/src': 'The extension for VS Code: its connection to the daemon, and what is true for the whole window.',
  'extension/src/commands': 'One command a file, and what commands share.',
  'extension/src/editor': 'The form for prompt and weights: of a spec file, of a clip, of a job.',
  'extension/src/editor/page': 'The page of that form, inside its webview.',
  'extension/src/logs': 'Logs in the editor: live ones in a terminal, finished ones as documents.',
  'extension/src/notices': 'Notifications about jobs that ended or need a person: one window tells, and not too often.',
  'extension/src/set-up': 'Sets up Cosmos Bridge on a machine that has none.',
  'extension/src/shown': 'The one door to what VS Code draws: texts of other people do nothing there.',
  'extension/src/spec': 'What the editor does for the text of specs, one feature a file.',
  'extension/src/views': 'The tree views, and what they share.',
  'extension/src/views/clips': 'The view of watched folders and clips.',
  'extension/src/views/hosts': 'The view of hosts and slots.',
  'extension/src/views/queue': 'The view of the queue.',
  'extension/src/views/results': 'The view of results.',
  houdini: 'The plugin for Houdini, in Python. It speaks the protocol and imports nothing of the daemon.',
  'houdini/start_up': 'What runs when Houdini starts.',
};

/**
 * The sentence a source file opens with, before any code: of its doc comment, its first line comments, or its docstring.
 * @returns undefined when it has none
 */
export function openingSentence(text, file) {
  const pattern = file.endsWith('.py')
    ? /^(?:#.*\n|\s)*"""([\s\S]*?)"""/
    : /^(?:#!.*\n)?(?:\/\*\*([\s\S]*?)\*\/|((?:\/\/.*\n)+))/;
  const [, block, lines] = pattern.exec(text) ?? [];
  const comment = block ?? lines;
  if (comment === undefined) return undefined;
  const words = file.endsWith('.py') ? comment : comment.replaceAll(/^[ \t]*(?:\*|\/\/)/gm, '');
  const [first = ''] = words.trim().split(/\n[ \t]*\n|(?<=:)\n(?= {2,}\S)/); // before a gap, or a list that is set in
  const plain = first
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\{@link ([^}]*)\}/g, '`$1`')
    .replace(/:$/, '.');
  return /^.*?[.?!](?=\s+[^\d\s]|$)/.exec(plain)?.[0];
}

/** Source files of a folder, not of those below it, in the order of their names; paths from the root. */
export function sourcesIn(folder) {
  const names = readdirSync(path.join(ROOT, folder)).filter((name) => SOURCE.test(name) && name !== '__init__.py');
  return names.sort().map((name) => `${folder}/${name}`);
}

/** Every folder of the map with its sentence, in the order in which it is listed. */
export function folders() {
  const known = Object.entries(FOLDERS).filter(([folder]) => existsSync(path.join(ROOT, folder)));
  return [...known, ...packages(PLUGIN)];
}

function packages(folder) {
  const init = `${folder}/__init__.py`;
  const sentence = openingSentence(readFileSync(path.join(ROOT, init), 'utf8'), init);
  const below = readdirSync(path.join(ROOT, folder), { withFileTypes: true }).filter((one) => one.isDirectory());
  const inner = below
    .map(({ name }) => `${folder}/${name}`)
    .filter((one) => existsSync(path.join(ROOT, one, '__init__.py')));
  return [[folder, sentence], ...inner.sort().flatMap(packages)];
}

/** The text of docs/MAP.md. */
export function mapDocument() {
  const parts = folders().map(([folder, sentence]) => {
    const rows = sourcesIn(folder).map((file) => {
      const opening = openingSentence(readFileSync(path.join(ROOT, file), 'utf8'), file);
      return `- [${path.basename(file)}](../${file}): ${plain(opening ?? '')}`;
    });
    return [`## ${folder}/`, '', plain(sentence ?? ''), ...(rows.length > 0 ? ['', ...rows] : [])].join('\n');
  });
  return `${HEAD}\n\n${parts.join('\n\n')}\n`;
}

const HEAD = `# Map of the code

Generated by \`npm run schemas\` from the sentence that each source file opens with; do not edit it here. Search this page for a
word ("host key", "weight", "missing", "retry"); the words are those of [GLOSSARY.md](GLOSSARY.md). The questions that people ask
first, and how the parts fit together, are in [ARCHITECTURE.md](ARCHITECTURE.md#where-is-it). Tests are not listed: \`test/\` mirrors
these folders.`;

/** Outside of code, what Markdown would take for markup stays what it is; an underscore inside a word is none. */
function plain(text) {
  const pieces = text.split(/(`[^`]*`)/);
  const escaped = pieces.map((piece, i) =>
    i % 2 === 1 ? piece : piece.replaceAll(/[\\*<[]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&'),
  );
  return escaped.join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(path.join(ROOT, 'docs/MAP.md'), mapDocument());
