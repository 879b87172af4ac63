/** Prints the findings of a probe, a line each. */
import { modelTitle } from '../../../schemas/model-title.js';
import type { HostCheck } from '../../../schemas/received.js';
import { inWords } from '../../../schemas/shown-text.js';
import type { UnknownName } from '../../../schemas/unknown-name.js';
import type { Colors } from './colors.js';

/** Cells of the longest subject: a check and its engine. */
const SUBJECT = `GPUs in containers ${modelTitle('transfer2.5')}`.length;
const MARK = 4;

/** One finding, with its remedy below it. */
export function renderHostCheck({ check, engine, state, message, remedy }: HostCheck, colors: Colors): string[] {
  const subject = `${check}${engine === null ? '' : ` ${modelTitle(engine)}`}`.padEnd(SUBJECT);
  const line = `${mark(state, colors)}  ${subject}  ${message}`;
  const indent = ' '.repeat(MARK + SUBJECT + 4);
  return remedy === null ? [line] : [line, `${indent}${colors.dim(remedy)}`];
}

function mark(state: HostCheck['state'], colors: Colors): string {
  switch (state) {
    case 'ok':
      return colors.green('ok  ');
    case 'warning':
      return colors.yellow('warn');
    case 'failed':
      return colors.red('fail');
    case 'skipped':
      return colors.dim('-   ');
    default:
      return inWords(state satisfies UnknownName).padEnd(MARK);
  }
}
