/** What readers of files have to say of them though they can be used: once a pass, not once a file. */
import type { Probes } from './checks.js';
import { filesOf, type PassFiles, type Shape } from './shape.js';

/** "color.0001.png has transparency, which is shown over black (and 1 more of color)". */
export function noteWarnings({ passes }: Shape, probes: Probes): string[] {
  return passes.flatMap((pass) => notesOf(pass, probes));
}

function notesOf(pass: PassFiles, probes: Probes): string[] {
  const files = new Map<string, string[]>();
  for (const file of filesOf(pass)) {
    const told = [...(probes.header(file)?.notes ?? []), ...(probes.decoded(file, pass.pass)?.notes ?? [])];
    for (const note of new Set(told)) files.set(note, [...(files.get(note) ?? []), file.name]);
  }
  return [...files].map(([note, names]) => {
    return `${names[0]} ${note}${names.length > 1 ? ` (and ${names.length - 1} more of ${pass.pass})` : ''}`;
  });
}
