/** Where something stands in the SSH configuration, as sentences and errors name it. */
import path from 'node:path';
import { CosmosError } from '../../errors.js';

export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** "~/.ssh/config:12". */
  readonly shown: string;
}

export function placeIn(file: string, line: number, home: string): Place {
  return { file, line, shown: `${shownFile(file, home)}:${line}` };
}

/** "~/.ssh/config" for a file in the home folder. */
export function shownFile(file: string, home: string): string {
  const inside = path.relative(home, file);
  const isInside = inside !== '' && !inside.startsWith('..') && !path.isAbsolute(inside);
  return isInside ? `~/${inside.split(path.sep).join('/')}` : file;
}

/** @param why a clause without a full stop. */
export function configInvalid(place: Place, why: string, options?: ErrorOptions): CosmosError {
  const data = { file: place.file, line: place.line };
  return new CosmosError('config_invalid', `${place.shown}: ${why}.`, data, options);
}
