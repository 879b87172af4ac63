/** Where something stands in the SSH configuration, as sentences and errors name it. */
import path from 'node:path';
import { CosmosError } from '../../../errors.js';
import { isInside } from '../../../local-path.js';

export interface Position {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** "~/.ssh/config:12". */
  readonly shown: string;
}

export function positionIn(file: string, line: number, home: string): Position {
  return { file, line, shown: `${shownFile(file, home)}:${line}` };
}

/** "~/.ssh/config" for a file in the home folder. */
export function shownFile(file: string, home: string): string {
  if (!isInside(file, home)) return file;
  return `~/${path.relative(home, file).split(path.sep).join('/')}`;
}

/** @param why a clause without a full stop. */
export function configInvalid(position: Position, why: string, options?: ErrorOptions): CosmosError {
  const data = { file: position.file, line: position.line };
  return new CosmosError('config_invalid', `${position.shown}: ${why}.`, data, options);
}
