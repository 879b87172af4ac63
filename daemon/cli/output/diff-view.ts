/** Prints what fixing changed in a spec. */
import type { FixStep } from '../../workload/dialects/fix/fix-step.js';
import { count } from './amounts.js';
import type { Colors } from './colors.js';

/** A unified diff in its usual colours; a byte order mark is made visible. */
export function renderDiff(diff: string, colors: Colors): string {
  const lines = diff.replace(/\n$/, '').split('\n');
  const painted = lines.map((line) => paint(line.replace(/\r$/, '').replaceAll('\ufeff', '<BOM>'), colors));
  return painted.map((line) => `${line}\n`).join('');
}

function paint(line: string, colors: Colors): string {
  if (/^(---|\+\+\+) /.test(line)) return colors.bold(line);
  if (line.startsWith('+')) return colors.green(line);
  if (line.startsWith('-')) return colors.red(line);
  return line.startsWith('@@') || line.startsWith('\\') ? colors.dim(line) : line;
}

/** "shot.json  2 changes" and a sentence for each. @param state what was done with them: "written" */
export function renderChanges(file: string, changes: readonly FixStep[], state: string, colors: Colors): string[] {
  const head = `${file}  ${colors.green(count(changes.length, 'change'))} ${colors.dim(`(${state})`)}`;
  const lines = changes.map((change, index) => {
    const again = change.why !== undefined && change.why === changes[index - 1]?.why; // one complaint can lead to two changes
    return `  ${renderChange(again ? { ...change, why: '' } : change, colors)}`;
  });
  return [head, ...lines];
}

function renderChange({ message, why = '', line, sample }: FixStep, colors: Colors): string {
  const place =
    line !== undefined ? `line ${line}: ` : sample !== undefined && sample > 0 ? `sample ${sample + 1}: ` : '';
  const reason = why === '' ? '' : colors.dim(`  because ${why}`);
  return `${colors.dim(place)}${message}${reason}`;
}
