// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of shells
import { expect, test } from 'vitest';
import { CosmosError } from '../../daemon/errors.js';
import type { Machine } from '../../daemon/written-path/machine.js';
import { writtenPath } from '../../daemon/written-path.js';

const env = {
  RENDERS: '/mnt/renders',
  SHOW: 'street',
  EMPTY: '',
  TORN: '/a\nb',
  HFS: '/opt/hfs',
  JOB: '/wrong',
  HIP: '/wrong',
};

function linux(...there: string[]): Machine {
  return { platform: 'linux', env, home: '/home/ann', exists: (file) => there.includes(file) };
}

function windows(...there: string[]): Machine {
  const variables = {
    USERPROFILE: 'C:\\Users\\ann',
    Renders: 'D:\\renders',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
  };
  return { platform: 'win32', env: variables, home: 'C:\\Users\\ann', exists: (file) => there.includes(file) };
}

test.each([
  ['/renders', '/renders'],
  ['/renders/', '/renders'],
  ['exports/night', '/cfg/exports/night'],
  ['../exports', '/exports'],
  ['~', '/home/ann'],
  ['~/renders', '/home/ann/renders'],
  ['./~', '/cfg/~'],
  ['  /renders ', '/renders'],
  ['"/renders/my shots"', '/renders/my shots'],
  ["'~/renders'", '/home/ann/renders'],
  ['“/renders”', '/renders'],
  ['$RENDERS/a', '/mnt/renders/a'],
  ['${RENDERS}', '/mnt/renders'],
  ['$env:RENDERS/a', '/mnt/renders/a'],
  ['%RENDERS%/a', '/mnt/renders/a'],
  ['/mnt/$SHOW/${SHOW}_v2', '/mnt/street/street_v2'],
  ['$SHOW/renders', '/cfg/street/renders'],
  ['$HOME/renders', '/home/ann/renders'],
  ['%USERPROFILE%/renders', '/home/ann/renders'],
  ['$HFS/bin', '/opt/hfs/bin'],
  ['file:///renders/my%20shots', '/renders/my shots'],
  ['file://localhost/renders', '/renders'],
  ['file:/renders', '/renders'],
  ['file:///renders/shot#1?', '/renders/shot#1?'],
  ['/renders/50%_off', '/renders/50%_off'],
  ['/renders/cost$', '/renders/cost$'],
  ['/renders/a:b', '/renders/a:b'],
])('on Linux %j is %j', (written, meant) => {
  expect(writtenPath(written, '/cfg', linux())).toBe(meant);
});

test.each([
  ['$HIP/render', '"$HIP/render" holds $HIP, which is known only inside Houdini: write the folder out.'],
  ['${HIP}/render', 'holds ${HIP}, which is known only inside Houdini'],
  ['$JOB/render', 'holds $JOB, which is known only inside Houdini'],
  ['$HOUDINI_USER_PREF_DIR/x', 'is known only inside Houdini'],
  ['/renders/$OS/$F4', 'holds $OS, which is known only inside Houdini'],
  ['/renders/`chs("take")`', 'an expression in backticks, which only Houdini computes'],
  ['$(pwd)/renders', 'a command, $(...), and none is run'],
  [
    '$UNKNOWN/renders',
    'holds $UNKNOWN, which is not set where Cosmos Bridge runs: set it there, or write the folder out.',
  ],
  ['%RENDER_ROOT%\\a', 'holds %RENDER_ROOT%, which is not set'],
  ['${RENDERS:-/tmp}', 'only ${NAME} with a plain name is understood'],
  ['$EMPTY/renders', 'holds $EMPTY, which is not set'],
  ['$TORN/renders', 'holds $TORN, which is not set'],
  ['~bob/renders', 'begins with ~bob, and only ~ alone, your own home folder, is known'],
  ['D:\renders\new', '"D:\\renders\\new" holds control characters: in double quotes \\n is a line break'],
  [
    'D:\renders\new',
    'with forward slashes, "D:/renders/new", or in a TOML file in single quotes, \'D:\\renders\\new\'.',
  ],
  ['\\nas\new', "in single quotes, '\\\\nas\\new'."],
  ['D:\u001bnd\beef\tmp\fx', '"D:\\end\\beef\\tmp\\fx" holds control characters'],
  ['/renders/a\0b', 'holds control characters'],
  ['D:ét', 'has no separator after D:: write D:/ and the folder with forward slashes.'],
  [
    'D:/renders',
    'is a path of Windows, and this machine runs Linux: write the folder where that drive is mounted here.',
  ],
  ['D:\\renders', 'is a path of Windows'],
  ['D:', 'is a path of Windows'],
  ['file:///d%3A/renders', '"file:///d%3A/renders" is a path of Windows'],
  ['\\\\nas\\shots\\a', 'is a share of the server nas, as Windows writes it: mount it'],
  ['//nas/shots', 'is a share of the server nas'],
  ['renders\\new', 'separates folders by backslashes, as only Windows does: write "renders/new".'],
  ['/Volumes/My\\ Shots\\ \\(1\\)', 'has the backslashes of a shell: write "/Volumes/My Shots (1)".'],
  ['smb://nas/shots', 'is an address (smb), not a folder: mount it'],
  ['https://x.org/a', 'is an address (https)'],
  ['file://nas/shots', 'names no file of this machine'],
  ['file:///renders/50%', 'names no file of this machine'],
  ['file:///D:\renders', 'holds control characters'],
  ['file:///a%2Fb', 'names no file of this machine'],
  ['', '"" is empty'],
  ['  ', 'is empty'],
  ['""', 'is empty'],
])('on Linux %j is explained: %s', (written, words) => {
  expect(() => writtenPath(written, '/cfg', linux())).toThrow(
    expect.objectContaining({ code: 'invalid_params', message: expect.stringContaining(words) }),
  );
});

test.each(['$HIP/x', '50%_a%', 'my\\folder', 'D:', ' padded ', '"quoted"', '~tmp', 'smb:/x', 'a\nb', 'cost $SHOW'])(
  'a folder that is really called %j is taken as it is',
  (name) => {
    expect(writtenPath(name, '/cfg', linux(`/cfg/${name}`))).toBe(`/cfg/${name}`);
  },
);

test.each(['with "quotes" and \\ in it', '50%_$OFF', '$HIP'])(
  'below a folder that is really called %j another one may be named that is still to be made',
  (name) => {
    const machine = linux(`/renders/${name}`);
    expect(writtenPath(`/renders/${name}/results`, '/cfg', machine)).toBe(`/renders/${name}/results`);
    expect(() => writtenPath(`/renders/${name}/$SHOT`, '/cfg', machine)).toThrow('$SHOT');
  },
);

test('a leading ~ is the home folder, whatever lies beside cosmos.toml', () => {
  expect(writtenPath('~/x', '/cfg', linux('/cfg/~/x'))).toBe('/home/ann/x');
});

test('two slashes at the root of a folder that is there are a slip, not a server', () => {
  expect(writtenPath('//mnt/renders', '/cfg', linux('/mnt'))).toBe('/mnt/renders');
});

test('in WSL the mounted drive is named', () => {
  const words = 'here, in WSL, the same folder is /mnt/d/renders/new: write that.';
  expect(() => writtenPath('D:\\renders\\new', '/cfg', linux('/mnt/d'))).toThrow(words);
});

test.each([
  ['D:\\renders', 'D:\\renders'],
  ['d:/renders/', 'D:\\renders'],
  ['"D:\\my renders"', 'D:\\my renders'],
  ['exports', 'C:\\cfg\\exports'],
  ['~\\renders', 'C:\\Users\\ann\\renders'],
  ['~/renders', 'C:\\Users\\ann\\renders'],
  ['%userprofile%\\renders', 'C:\\Users\\ann\\renders'],
  ['%RENDERS%\\a', 'D:\\renders\\a'],
  ['$RENDERS/a', 'D:\\renders\\a'],
  ['$HOME/a', 'C:\\Users\\ann\\a'],
  ['%ProgramFiles(x86)%\\a', 'C:\\Program Files (x86)\\a'],
  ['\\\\nas\\shots\\a', '\\\\nas\\shots\\a'],
  ['//nas/shots/a', '\\\\nas\\shots\\a'],
  ['\\\\nas\\d$\\a', '\\\\nas\\d$\\a'],
  ['\\\\wsl$\\Ubuntu\\home', '\\\\wsl$\\Ubuntu\\home'],
  ['\\\\?\\D:\\renders\\a', 'D:\\renders\\a'],
  ['\\\\?\\UNC\\nas\\shots\\a', '\\\\nas\\shots\\a'],
  ['file:///D:/my%20renders', 'D:\\my renders'],
  ['file:///d%3A/renders', 'D:\\renders'],
  ['file://nas/shots/a', '\\\\nas\\shots\\a'],
])('on Windows %j is %j', (written, meant) => {
  expect(writtenPath(written, 'C:\\cfg', windows())).toBe(meant);
});

test.each([
  ['/mnt/d/renders', 'is a path of WSL or Git Bash; Windows itself calls the folder D:/renders: write that.'],
  ['/d/renders', 'calls the folder D:/renders'],
  ['/home/ann/renders', 'has neither a drive nor a server'],
  ['\\nas\\x', 'has neither a drive nor a server'],
  ['D:\\what?', 'holds ?, which Windows has in no name of a file or folder.'],
  ['D:\\a:b', 'holds :,'],
  ['D:\renders', 'holds control characters'],
  ['D:renders', 'has no separator after D:'],
  ['$HIP\\render', 'is known only inside Houdini'],
])('on Windows %j is explained: %s', (written, words) => {
  expect(() => writtenPath(written, 'C:\\cfg', windows())).toThrow(words);
});

test('from a client, whose folder the daemon does not know, a relative path means nothing', () => {
  expect(() => writtenPath('exports', null, linux('/exports'))).toThrow('"exports" is not an absolute path');
  expect(() => writtenPath('$SHOW/a', null, linux())).toThrow('begins with a variable that holds no absolute path');
  expect(writtenPath('~/a', null, linux())).toBe('/home/ann/a');
  expect(writtenPath('file:///a', null, linux())).toBe('/a');
});

test('whatever is written, the answer is an absolute path or a sentence', () => {
  const pieces = [
    '~',
    '$',
    '%',
    '"',
    "'",
    '\\',
    '/',
    ':',
    ' ',
    '\n',
    '\0',
    '`',
    '{',
    '}',
    '(',
    'HIP',
    'a',
    'D',
    'file:',
    '?',
    '\ud800',
    '💡',
  ];
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const odd = Array.from({ length: 5000 }, () => {
    const written = Array.from({ length: next(9) }, () => pieces[next(pieces.length)]).join('');
    const answers = [outcome(written, '/cfg', linux()), outcome(written, 'C:\\cfg', windows())];
    return answers.every((answer) => /^path (?:\/|[A-Z]:\\|\\\\)|^sentence ".*\.$/s.test(answer))
      ? null
      : [written, answers];
  });
  expect(odd.filter((one) => one !== null)).toEqual([]);
});

function outcome(written: string, base: string, machine: Machine): string {
  try {
    return `path ${writtenPath(written, base, machine)}`;
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    return `sentence ${error.message}`;
  }
}
