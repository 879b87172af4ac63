/** `npm run schemas`: writes docs/FAILURES.md from the catalogue of failures. The result is committed and guarded by a test. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FAILURE_GROUPS, type FailureGroup } from './all.js';
import { failureOf, unknownFailure } from './diagnose.js';
import type { KnownFailure } from './known-failure.js';

const UNKNOWN = unknownFailure('SomeError: its own words', 1);

const INTRODUCTION = `# When a run fails

Generated from \`daemon/workload/failures/\` by \`npm run schemas\`; do not edit.

What the programs of NVIDIA print when they fail, what a job then says, and what to do. The code is in the job's error
(\`cosmos job show ID --json\`: \`error.data.failure\`), the class decides what happens next:

- **user**: the same spec fails again anywhere. The job fails; change it and retry.
- **host**: another host or slot may do. The job goes back to the queue while tries are left (\`retries\` of \`[queue]\`).
- **transient**: later may do. Likewise, after a pause that doubles.

Three failures of one class in a row (\`group_pause\`) pause the jobs of their group. *Final* means that it is not tried
again by itself, whatever its class: the GPU time would be paid for twice. So it is with a failure that nobody knows
(code \`${UNKNOWN.code}\`, class ${UNKNOWN.class}, final): it is told in the program's own words, "${UNKNOWN.sentence}"
Before the first sample of a run has begun an unknown failure is tried again like one of the host, since it cost no more
than loading the model.

The order is that of the search: the first entry that fits counts, so that a cause stands before what it causes. With
several GPUs the words of the one that torchrun saw fail first are searched first. Entries marked *weak* go by lines that
good runs print too, or that other failures leave behind: they count only when every exception is explained. What Docker
says when a container does not start is not in this list; the job quotes it.
`;

/** The whole document. */
export function failuresDocument(groups: readonly FailureGroup[] = FAILURE_GROUPS): string {
  const sections = groups.map(({ title, failures }) => [`## ${title}\n`, ...failures.map(entry)].join('\n'));
  return `${[INTRODUCTION, ...sections].join('\n')}`;
}

function entry(known: KnownFailure): string {
  const { code, sentence, remedy } = failureOf(known, '…');
  const marks = [known.class, ...(known.isFinal ? ['final'] : []), ...(known.isWeak ? ['weak'] : [])];
  const codes = known.exitCodes === undefined ? [] : [`- exit codes: ${known.exitCodes.join(', ')}`];
  return [
    `### ${code}\n`,
    `**${marks.join(', ')}** ${plain(sentence)}\n`,
    `- what to do: ${plain(remedy)}`,
    ...codes,
    `- known from: ${plain(known.source)}\n`,
  ].join('\n');
}

/** What Markdown would take for markup stays what it is; an underscore inside a word is none. */
function plain(text: string): string {
  return text.replaceAll(/[\\*<`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&');
}

const thisFile = fileURLToPath(import.meta.url);
if (process.argv[1] === thisFile) {
  // Runs as dist/daemon/workload/failures/failures-doc.js; the committed file lies in the sources.
  writeFileSync(path.resolve(path.dirname(thisFile), '../../../../docs/FAILURES.md'), failuresDocument());
}
