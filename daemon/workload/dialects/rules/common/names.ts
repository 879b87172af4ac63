/** The name of a sample becomes a file (transfer2.5) or a folder (cosmos3), exactly as it is written. */
import { commonRule, type Finding, type Sample } from '../rule.js';

/** NAME_MAX of Linux, less the longest ending: "_mask_guided_generation.mp4". */
const MOST_BYTES = 255 - 27;
const DEVICE = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)/i;
const CONTROL = /\p{Cc}/u;

interface Flaw {
  readonly test: (name: string) => boolean;
  readonly severity: 'error' | 'warning';
  /** Completes 'the name "x" ...'. */
  readonly says: string;
}

/** The first problem that applies is reported. */
const FLAWS: readonly Flaw[] = [
  { test: (name) => name.trim() === '', severity: 'error', says: 'is empty: the outputs would have no name' },
  {
    test: (name) => /[\\/]/.test(name),
    severity: 'error',
    says: 'has a slash in it: the outputs would leave their folder, or the run fails when it writes them',
  },
  {
    test: (name) => name === '.' || name === '..',
    severity: 'error',
    says: 'means a folder: the outputs would leave theirs',
  },
  { test: (name) => CONTROL.test(name), severity: 'error', says: 'has an invisible control character in it' },
  {
    test: (name) => Buffer.byteLength(name) > MOST_BYTES,
    severity: 'error',
    says: `is longer than ${MOST_BYTES} bytes: its files cannot be written`,
  },
  { test: (name) => name.startsWith('.'), severity: 'warning', says: 'begins with a dot: its files would be hidden' },
  {
    test: (name) => name.startsWith('-'),
    severity: 'warning',
    says: 'begins with a dash: programs would take its files for options',
  },
  { test: (name) => DEVICE.test(name), severity: 'warning', says: 'is a device on Windows: no file can have it there' },
  {
    test: (name) => /[<>:"|?*]|[ .]$/.test(name),
    severity: 'warning',
    says: 'cannot be a file name on Windows',
  },
];

export const safeName = commonRule({
  code: 'name',
  severity: 'error',
  says: 'The name is used as a file or folder name as it is, and this one is not safe as such.',
  costs: {
    kind: 'lost files',
    text: 'Nobody checks it: outputs land outside their folder, over other files, or the run fails when it writes them.',
  },
  source: 'cosmos-transfer2.5 inference.py:187, 207; cosmos-framework scripts/inference.py:51, common/args.py:986',
  check: ({ dialect, spec: { name } }) => {
    if (dialect === 'cosmos3' && name === '') return []; // the stem of the file stands in for it
    const flaw = name === null ? undefined : FLAWS.find(({ test }) => test(name));
    if (name === null || flaw === undefined) return [];
    const shown = name.length > 60 ? `${name.slice(0, 60)}...` : name;
    const message = `the name ${JSON.stringify(shown)} ${flaw.says}`;
    return [{ path: ['name'], severity: flaw.severity, message, fix: 'Use letters, digits, dot, - and _.' }];
  },
});

/** What a run writes beside the samples: stems for transfer2.5, whole names for cosmos3, where a name is a folder. */
const RESERVED = {
  'transfer2.5': ['config', 'console', 'debug', 'profile'],
  cosmos3: ['console.log', 'debug.log', 'benchmark.json'],
} as const;

export const reservedName = commonRule({
  code: 'name_reserved',
  severity: 'warning',
  says: 'The run writes files of its own under this name.',
  costs: {
    kind: 'lost files',
    text: 'The outputs stand among the run’s own files and are easily taken for them; in Cosmos 3 the folder cannot be made and the run fails.',
  },
  source:
    'cosmos-transfer2.5 inference.py:153, 308-316, packages/cosmos-oss/cosmos_oss/init.py:93-113; cosmos-framework init.py:122-148',
  check: (sample) => {
    const { name } = sample.spec;
    const reserved: readonly string[] = RESERVED[sample.dialect];
    return name !== null && reserved.includes(name.toLowerCase()) ? [reservedFinding(name, sample)] : [];
  },
});

function reservedFinding(name: string, { dialect }: Sample): Finding {
  const fix = 'Use another name.';
  if (dialect === 'transfer2.5')
    return { path: ['name'], message: `the run writes its own files under the name "${name}"`, fix };
  return { path: ['name'], severity: 'error', message: `"${name}" is a file of the run itself; it fails there`, fix };
}
