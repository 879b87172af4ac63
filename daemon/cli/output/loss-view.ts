/** Prints what a translation of a spec lost or changed, value by value. */
import stringWidth from 'fast-string-width';
import type { FileLoss } from '../../workload/dialects/translate/translate-file.js';
import type { Colors } from './colors.js';
import type { Surface } from './door.js';

/** Letters of a value before it is cut: a prompt would push everything else off the screen. */
const LONGEST = 32;
/** Cells for the names; a longer name moves its message to the right. */
const WIDEST = 44;
const KINDS = ['dropped', 'changed', 'assumed'] as const;

/** "shot.json for cosmos3: 1 dropped, 2 changed" and the values below, the graver kinds first. */
export function renderLosses(
  title: string,
  losses: readonly FileLoss[],
  /** Several samples: each line says which one it is about. */
  { surface, isMany }: { surface: Surface; isMany: boolean },
): string[] {
  const { colors } = surface;
  const ordered = KINDS.flatMap((kind) => losses.filter((loss) => loss.kind === kind));
  const names = ordered.map((loss) => {
    const name = surface.line(nameOf(loss));
    return isMany ? `sample ${loss.sample + 1}: ${name}` : name;
  });
  const width = Math.min(WIDEST, Math.max(0, ...names.map((name) => stringWidth(name))));
  const lines = ordered.flatMap((loss, index) => renderLoss(loss, names[index] ?? '', width, colors));
  return [`${title}  ${summary(losses, colors)}`, ...lines];
}

function summary(losses: readonly FileLoss[], colors: Colors): string {
  const counts = KINDS.map((kind) => [kind, losses.filter((loss) => loss.kind === kind).length] as const);
  const said = counts.filter(([, number]) => number > 0);
  if (said.length === 0) return colors.green('nothing lost');
  return said.map(([kind, number]) => paint(colors, kind, `${number} ${kind}`)).join(', ');
}

/** 'guidance 4.5' */
function nameOf({ path, value }: FileLoss): string {
  return value === null ? path.join('.') : `${path.join('.')} ${cut(JSON.stringify(value))}`;
}

function renderLoss({ kind, message, fix }: FileLoss, name: string, width: number, colors: Colors): string[] {
  const padding = ' '.repeat(Math.max(0, width - stringWidth(name)));
  const line = `  ${paint(colors, kind, kind)}  ${colors.bold(name)}${padding}  ${message}`;
  return fix === undefined ? [line] : [line, `           ${colors.dim('fix:')} ${fix}`];
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}

function paint(colors: Colors, kind: FileLoss['kind'], text: string): string {
  switch (kind) {
    case 'dropped':
      return colors.red(text);
    case 'changed':
      return colors.yellow(text);
    case 'assumed':
      return colors.cyan(text);
  }
}
