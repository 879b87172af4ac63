/** Shows what sending a spec would do, and queues nothing. */
import type { EngineName } from '../../../schemas/preset.js';
import { givenBack } from '../../../schemas/unknown-name.js';
import type { SpecChecks } from '../spec/checks.js';
import type { DryRuns } from '../spec/dry-runs.js';
import type { Handler } from './register.js';
import { specDocument } from './spec-document.js';
import { readySpec } from './spec-ready.js';

/** Shows what sending the spec would do, beside it. Nothing is queued. */
export function specDryRun(checks: SpecChecks, dryRuns: DryRuns): Handler {
  return async ({ link }, ...args) => {
    const { document, report } = await readySpec(checks, await specDocument(args));
    const options = { engine: givenBack<EngineName>(report.engine) };
    const { plans } = await link.call('job.plan', { targets: [document.uri.fsPath], options });
    await dryRuns.open(plans);
  };
}
