/** The plan of a submit as a page to read. Pure. */
import * as l10n from '@vscode/l10n';
import prettyBytes from 'pretty-bytes';
import { modelTitle } from '../../../schemas/model-title.js';
import type { Plan } from '../../../schemas/received.js';
import { plain, plainLines } from '../shown/inert.js';
import { code, fenced } from '../shown/markdown.js';
import { costLabel, costTooltip, verdict } from './outlook-text.js';

export function planText({
  name,
  engine,
  host,
  prompt,
  inputs,
  bytes,
  check,
  estimate,
  wouldHold,
  spec,
}: Plan): string {
  const files = inputs.map((input) => `- ${code(input.path)} (${prettyBytes(input.bytes)})`);
  return [
    `# ${l10n.t('Dry run of {0}', code(name))}\n`,
    `- ${l10n.t('Model: {0}', modelTitle(engine))}`,
    `- ${l10n.t('Host: {0}', host === null ? l10n.t('any that can') : code(host))}`,
    `- ${l10n.t('Check: {0}', verdict(check))}`,
    ...(estimate === null
      ? []
      : [
          `- ${l10n.t('Estimate: {0}', costLabel(estimate))}`,
          '',
          costTooltip(estimate)
            .map((one) => plain(one))
            .join('\n\n'),
          '',
        ]),
    ...(wouldHold === null ? [] : [`- ${l10n.t('Would be held: {0}', plain(wouldHold))}`]),
    `\n## ${l10n.t('Prompt')}\n\n${fenced(plainLines(prompt), 'text')}\n`,
    `## ${l10n.t('{0} files, {1}', inputs.length, prettyBytes(bytes))}\n\n${files.join('\n')}\n`,
    `## ${l10n.t('Spec')}\n\n${fenced(spec.trim(), 'json')}\n`,
  ].join('\n');
}
