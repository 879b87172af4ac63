/** What fixing did to a spec, for people. */
import type { FixStep } from '../../workload/dialects/fix/fix-step.js';
import { count } from './amounts.js';
import type { Colors } from './colors.js';

/** A unified diff in the colours that diffs have everywhere; a byte order mark is seen. */
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

/** "shot.json  2 changes" and a sentence for each. @param state what became of them: "written" */
export function renderChanges(file: string, changes: readonly FixStep[], state: string, colors: Colors): string[] {
  const head = `${file}  ${colors.green(count(changes.length, 'change'))} ${colors.dim(`(${state})`)}`;
  const lines = changes.map((change, index) => {
    const again = change.why !== undefined && change.why === changes[index - 1]?.why; // one complaint, two changes
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
