/** Queues a spec for its model, or for a free preview. */
import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { commands } from 'vscode';
import { FREE_MODEL, modelTitle } from '../../../schemas/model-title.js';
import type { EngineName as KnownEngine } from '../../../schemas/preset.js';
import type { EngineName } from '../../../schemas/received.js';
import { givenBack } from '../../../schemas/unknown-name.js';
import { type PickItem, pick } from '../shown/questions.js';
import type { SpecChecks } from '../spec/checks.js';
import { costLabel } from '../spec/outlook-text.js';
import type { Handler } from './register.js';
import { specDocument } from './spec-document.js';
import { readySpec } from './spec-ready.js';

/** Queues the spec for its own model, or for a free preview. A spec with errors is not sent. */
export function specSend(checks: SpecChecks): Handler {
  return async ({ link }, ...args) => {
    const document = await specDocument(args);
    const wasDirty = document.isDirty;
    const { report, outlook } = await readySpec(checks, document);
    const cost = outlook.flatMap((sample) => (sample.cost === null ? [] : costLabel(sample.cost.estimate))).join(', ');
    const model: PickItem<EngineName> = { label: modelTitle(report.engine), description: cost, value: report.engine };
    const preview: PickItem<EngineName> = {
      label: modelTitle(FREE_MODEL),
      description: l10n.t('no GPU, no charge'),
      value: FREE_MODEL,
    };
    const choices = report.engine === 'cosmos3' ? [model] : [preview, model];
    const name = document.uri.path.split('/').at(-1) ?? '';
    const placeHolder = wasDirty ? l10n.t('Your changes are saved, and go along.') : undefined;
    const chosen = await pick(choices, { title: l10n.t('Send {0}: which model?', name), placeHolder });
    if (chosen === undefined) return;
    const targets = [document.uri.fsPath];
    const wish = { targets, options: { engine: givenBack<KnownEngine>(chosen.value) }, idempotencyKey: randomUUID() };
    const { jobs } = await link.call('job.submit', wish);
    await commands.executeCommand('cosmos.job.reveal', jobs[0]?.id);
  };
}
