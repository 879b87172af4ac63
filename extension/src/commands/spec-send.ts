import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { commands } from 'vscode';
import type { EngineName } from '../../../schemas/index.js';
import { type Choice, pick } from '../shown/questions.js';
import type { SpecChecks } from '../spec/checks.js';
import { costLabel } from '../spec/outlook-text.js';
import type { Handler } from './register.js';
import { saved, specDocument } from './spec-document.js';

/** Queues the spec for the model that it is written for, or for a free preview. */
export function specSend(checks: SpecChecks): Handler {
  return async ({ link }, ...args) => {
    const document = await saved(await specDocument(args));
    const { report, outlook } = await checks.check(document);
    const cost = outlook.flatMap((sample) => (sample.cost === null ? [] : costLabel(sample.cost.estimate))).join(', ');
    const model: Choice<EngineName> = { label: report.engine, description: cost, value: report.engine };
    const preview: Choice<EngineName> = {
      label: l10n.t('Preview'),
      description: l10n.t('no GPU, no charge'),
      value: 'preview',
    };
    const choices = report.engine === 'cosmos3' ? [model] : [preview, model];
    const title = l10n.t('Send {0}: which model?', document.uri.path.split('/').at(-1) ?? '');
    const chosen = await pick(choices, { title });
    if (chosen === undefined) return;
    const targets = [document.uri.fsPath];
    const wish = { targets, options: { engine: chosen.value }, idempotencyKey: randomUUID() };
    const { jobs } = await link.call('job.submit', wish);
    await commands.executeCommand('cosmos.job.reveal', jobs[0]?.id);
  };
}
