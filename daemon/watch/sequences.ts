/** Groups files into numbered sequences, and lists the fractional frames that each one leaves out. Pure. */
import type { PassName } from '../../schemas/index.js';
import type { ListedFile } from './listing.js';
import type { FractionName, ImageName, NameReader } from './names.js';

export interface Sequence {
  /** Of its first file; below a pass folder its `sequence` begins with the folder: "depth/#.png". */
  readonly name: ImageName;
  /** The pass that its folder names; null = it lies in the clip's own folder. */
  readonly folderPass: PassName | null;
  /** Empty when all its frames lie between whole ones. */
  readonly files: readonly NumberedFile[];
  /** Frame numbers with a fraction, as people read them, ascending: "1.5". */
  readonly between: readonly string[];
}

export interface NumberedFile {
  readonly frame: number;
  readonly padding: number;
  readonly file: ListedFile;
}

/** A listed file, seen from the folder it lies in. */
export interface Placed {
  readonly file: ListedFile;
  /** Of a pass folder, with its slash; '' = the clip's own folder. */
  readonly folder: string;
  /** Without the folder. */
  readonly base: string;
  readonly folderPass: PassName | null;
}

/** Files of the clip's own folder and of its pass folders; those of other folders are not the clip's. */
export function placed(files: readonly ListedFile[], passFolders: ReadonlyMap<string, PassName>): Placed[] {
  return files.flatMap((file) => {
    const slash = file.name.lastIndexOf('/');
    const folderPass = passFolders.get(file.name.slice(0, Math.max(0, slash))) ?? null;
    if (slash >= 0 && folderPass === null) return [];
    return [{ file, folder: file.name.slice(0, slash + 1), base: file.name.slice(slash + 1), folderPass }];
  });
}

interface Growing {
  readonly name: ImageName;
  readonly folderPass: PassName | null;
  readonly files: NumberedFile[];
  readonly between: FractionName[];
}

export function collectSequences(files: readonly Placed[], reader: NameReader): Sequence[] {
  const sequences = new Map<string, Growing>();
  const at = (key: string, name: ImageName, { folder, folderPass }: Placed): Growing => {
    const named = { ...name, sequence: `${folder}${name.sequence}` };
    const found = sequences.get(key) ?? { name: named, folderPass, files: [], between: [] };
    sequences.set(key, found);
    return found;
  };
  const readings = files.map((one) => readingsOf(one, reader));
  const isFraction = fractionTest(readings);
  for (const { one, fraction, plain } of readings) {
    if (fraction !== null && isFraction(one, fraction)) {
      const { frame, padding } = fraction;
      if (/^0+$/.test(fraction.fraction)) {
        at(`${one.folder}${fraction.sequence}`, fraction, one).files.push({ frame, padding, file: one.file });
      } else
        at(`${one.folder}${fraction.wholes}`, { ...fraction, sequence: fraction.wholes }, one).between.push(fraction);
    } else if (plain !== null && (plain.stem !== '' || one.folderPass !== null)) {
      const { frame, padding } = plain;
      at(`${one.folder}${plain.sequence}`, plain, one).files.push({ frame, padding, file: one.file });
    }
  }
  return joined([...sequences.values()]);
}

/** A name can have two readings; all names together decide. */
interface Readings {
  readonly one: Placed;
  readonly fraction: FractionName | null;
  readonly plain: ImageName | null;
}

function readingsOf(one: Placed, reader: NameReader): Readings {
  const media = reader.readInPassFolder(one.base);
  return { one, fraction: reader.readFraction(one.base), plain: media?.kind === 'image' ? media : null };
}

/**
 * Whether "color.1.5.png" is a fraction of a frame: it is when whole frames of the same name are there ("color.2.png"),
 * or when the number before the point changes ("color.2.5.png"). Else it is part of a name, as in "shot.2.0001.png".
 */
function fractionTest(readings: readonly Readings[]): (file: Placed, name: FractionName) => boolean {
  const wholes = new Set<string>();
  const numbers = new Map<string, Set<number>>();
  for (const { one, fraction, plain } of readings) {
    if (fraction !== null) {
      const key = `${one.folder}${fraction.wholes}`;
      numbers.set(key, (numbers.get(key) ?? new Set()).add(fraction.frame));
    } else if (plain !== null) wholes.add(`${one.folder}${plain.sequence}`);
  }
  return ({ folder }, { wholes: key }) => {
    return wholes.has(`${folder}${key}`) || (numbers.get(`${folder}${key}`)?.size ?? 0) > 1;
  };
}

/** "1.5" belongs to the whole frames of its name, whether those are written "1" or "1.0". */
function joined(sequences: readonly Growing[]): Sequence[] {
  const only = sequences.filter(({ files }) => files.length === 0);
  const result = sequences
    .filter(({ files }) => files.length > 0)
    .map((one) => ({ ...one, between: [...one.between] }));
  const lonely = only.filter((fractions) => {
    const home = result.find(({ name }) => isWholeOf(name.sequence, fractions.name.sequence));
    home?.between.push(...fractions.between);
    return home === undefined;
  });
  return [...result, ...lonely].map((one) => ({ ...one, between: inOrder(one.between) }));
}

/** "color.#.000.png" holds the whole frames of "color.#.png". */
function isWholeOf(sequence: string, wholes: string): boolean {
  return sequence.replace(/#\.0+\./, '#.') === wholes;
}

function inOrder(names: readonly FractionName[]): string[] {
  return [...names].sort((a, b) => Number(a.written) - Number(b.written)).map(({ written }) => written);
}
