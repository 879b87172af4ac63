/** Warnings about files that can be used: one sentence for all files with the same warning. */
import type { Probes } from './checks.js';
import { filesOf, type Shape } from './shape.js';

/** "color.0001.png has transparency, which is shown over black (and 1 more of color)". */
export function fileWarnings({ passes }: Shape, probes: Probes): string[] {
  const found = new Map<string, { readonly files: Set<string>; readonly passes: Set<string> }>();
  for (const pass of passes) {
    for (const file of filesOf(pass)) {
      for (const note of [...(probes.header(file)?.notes ?? []), ...(probes.decoded(file, pass.pass)?.notes ?? [])]) {
        const known = found.get(note) ?? { files: new Set(), passes: new Set() };
        found.set(note, { files: known.files.add(file.name), passes: known.passes.add(pass.pass) });
      }
    }
  }
  return [...found].map(([note, { files, passes: of }]) => {
    const [first, ...more] = files;
    return `${first} ${note}${more.length > 0 ? ` (and ${more.length} more of ${[...of].join(', ')})` : ''}`;
  });
}
