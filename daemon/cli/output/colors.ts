/**
 * The colours of the output, one meaning each: green is good, yellow needs a person, red has failed, cyan is in
 * progress.
 */
import picocolors from 'picocolors';
import type { ClipState, Host, Issue, JobState } from '../../../schemas/received.js';
import { inWords } from '../../../schemas/shown-text.js';
import type { UnknownName } from '../../../schemas/unknown-name.js';
import { sealed } from './seal.js';

type Paint = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

export type Colors = Readonly<Record<Paint, (text: string) => string>> & { readonly isColorSupported: boolean };

/** The facts of a process that decide whether colours are used. */
export interface ColorFacts {
  readonly isTTY: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** False when --no-color was given. */
  readonly wanted: boolean;
}

/**
 * Colours with seals. NO_COLOR (https://no-color.org) counts first, then FORCE_COLOR, then whether it is a terminal.
 */
export function createColors({ isTTY, env, wanted }: ColorFacts): Colors {
  const refused = !wanted || (env.NO_COLOR ?? '') !== '';
  const forced = (env.FORCE_COLOR ?? '') !== '' && env.FORCE_COLOR !== '0';
  const isColorSupported = !refused && (forced || (isTTY && env.TERM !== 'dumb'));
  const { bold, dim, red, green, yellow, cyan } = picocolors.createColors(isColorSupported);
  return {
    isColorSupported,
    bold: sealing(bold),
    dim: sealing(dim),
    red: sealing(red),
    green: sealing(green),
    yellow: sealing(yellow),
    cyan: sealing(cyan),
  };
}

/** Only the sequences around the text are sealed; the text itself may come from outside. */
function sealing(paint: (text: string) => string): (text: string) => string {
  const [open = '', close = ''] = paint('|').split('|').map(sealed);
  return (text) => open + text + close;
}

export function paintJobState(colors: Colors, state: JobState): string {
  switch (state) {
    case 'succeeded':
      return colors.green(state);
    case 'failed':
    case 'refused':
      return colors.red(state);
    case 'held':
    case 'stopping':
      return colors.yellow(state);
    case 'preparing':
    case 'staging':
    case 'staged':
    case 'running':
    case 'collecting':
      return colors.cyan(state);
    case 'queued':
      return state;
    case 'cancelled':
      return colors.dim(state);
    default:
      return inWords(state satisfies UnknownName);
  }
}

export function paintClipState(colors: Colors, state: ClipState): string {
  switch (state) {
    case 'ready':
      return colors.green(state);
    case 'writing':
    case 'settling':
      return colors.cyan(state);
    case 'incomplete':
      return colors.yellow(state);
    case 'offline':
      return colors.red(state);
    default:
      return inWords(state satisfies UnknownName);
  }
}

export function paintHostState(colors: Colors, state: Host['state']): string {
  switch (state) {
    case 'online':
      return colors.green(state);
    case 'draining':
      return colors.yellow(state);
    case 'unreachable':
      return colors.red(state);
    default:
      return inWords(state satisfies UnknownName);
  }
}

export function paintSeverity(colors: Colors, severity: Issue['severity']): string {
  switch (severity) {
    case 'error':
      return colors.red(severity);
    case 'warning':
      return colors.yellow(severity);
    case 'info':
      return colors.cyan(severity);
    default:
      return inWords(severity satisfies UnknownName);
  }
}
