/** `cosmos doctor` checks this installation and prints each finding with what to do. */
import type { Command } from '@commander-js/extra-typings';
import { writeBundle } from '../doctor/bundle.js';
import { examine } from '../doctor/examine.js';
import type { Finding } from '../doctor/finding.js';
import type { Colors } from '../output/colors.js';
import type { Output } from '../output/output.js';
import { verb } from '../verb.js';

export function doctor(command: Command): void {
  command.option('--bundle', 'also write a diagnostics file without secrets, prompts and names of yours').action(
    verb(async (context, { bundle }) => {
      const { out } = context;
      const findings = await examine(context);
      const file = bundle ? await writeBundle(context, findings) : undefined;
      const ok = findings.every(({ level }) => level !== 'fail');
      out.show({ ok, findings, ...(file && { bundle: file }) }, () => tell(out, findings));
      if (file !== undefined) out.note(`Written: ${file}`);
      return ok ? 0 : 1;
    }),
  );
}

function tell(out: Output, findings: readonly Finding[]): void {
  const names = findings.map(({ name }) => out.stdout.line(name)); // may hold the name of a host
  const widest = Math.max(...names.map((name) => name.length));
  for (const [i, { level, message, remedy }] of findings.entries()) {
    out.print(`${mark(level, out.colors)}  ${(names[i] ?? '').padEnd(widest)}  ${message}`);
    if (remedy !== undefined && level !== 'ok') out.print(`${' '.repeat(widest + 8)}${out.colors.dim(remedy)}`);
  }
}

/** Four cells wide. */
function mark(level: Finding['level'], colors: Colors): string {
  switch (level) {
    case 'ok':
      return colors.green('ok  ');
    case 'warn':
      return colors.yellow('warn');
    case 'fail':
      return colors.red('fail');
  }
}
