/** Says before the first test what is about to run, and for how long. */
import type { Reporter, TestSpecification } from 'vitest/node';

/** Minutes on two idle cores. `apart`, `e2e` and `houdini` run side by side, as do `unit` and `python`. */
const MINUTES: Readonly<Record<string, number>> = {
  unit: 1,
  python: 0.5,
  apart: 4,
  e2e: 3,
  houdini: 1,
  host: 8,
  vscode: 4,
};

export class PlanReporter implements Reporter {
  onTestRunStart(files: readonly TestSpecification[]): void {
    const counts = new Map<string, number>();
    for (const { project } of files) counts.set(project.name, (counts.get(project.name) ?? 0) + 1);
    const kinds = [...counts].map(([name, count]) => `  ${name.padEnd(8)}${count} ${count === 1 ? 'file' : 'files'}`);
    const minutes = [...counts.keys()].reduce((sum, name) => sum + (MINUTES[name] ?? 0), 0);
    const limit = `at most about ${minutes < 2 ? 'two' : Math.ceil(minutes)} minutes on two idle cores`;
    process.stdout.write(
      `${files.length} ${files.length === 1 ? 'file' : 'files'} of tests, ${limit} (docs/CONTRIBUTING.md says what each kind is):\n`,
    );
    process.stdout.write(`${kinds.join('\n')}\n`);
  }
}
