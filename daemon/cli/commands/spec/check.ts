import { readFileSync } from 'node:fs';
import { Option } from '@commander-js/extra-typings';
import { type CheckReport, Dialect } from '../../../../schemas/index.js';
import { CosmosError, coerceError } from '../../../errors.js';
import { renderCheck } from '../../output/check-view.js';
import { existingPath } from '../../references.js';
import { type Parent, verb } from '../../verb.js';

/** Works without a daemon: the check is the same code. */
export function specCheck(spec: Parent): void {
  spec
    .command('check')
    .description("check spec files: what NVIDIA's code says and what it would miss")
    .argument('<file...>', 'spec files')
    .addOption(new Option('--engine <name>', 'dialect; absent = told from the file').choices(Dialect.options))
    .action(
      verb(async ({ out }, files, { engine }) => {
        const { checkSpec } = await import('../../../spec/check.js');
        const reports = files.map((file): CheckReport => checkSpec(file, read(file), { engine }));
        for (const report of reports) {
          out.print(out.json ? JSON.stringify(report) : renderCheck(report, out.colors));
        }
        return reports.every(({ ok }) => ok) ? 0 : 1;
      }),
    );
}

function read(file: string): string {
  const path = existingPath(file);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CosmosError('not_found', `${file} cannot be read: ${coerceError(error).message}.`, {}, { cause: error });
  }
}
