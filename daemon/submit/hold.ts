/** Whether a person must release a prepared job before it may be queued. Pure. */
import type { JobSettings, MeasuredPass } from '../../schemas/index.js';

/**
 * Why the job must be held, with how to release it; null = it may be queued. No person wrote a template prompt, so
 * without a confirmation it never reaches a model on a GPU or a host that costs money.
 * A pass without content is a finding, unless a person has allowed it.
 * @param pricePerHour of the dearest host that may run it; 0 = none costs anything.
 * @param passes what was frozen; none before the job is prepared.
 */
export function holdReason(
  settings: JobSettings,
  pricePerHour: number,
  passes: readonly MeasuredPass[] = [],
): string | null {
  const reasons = [flatReason(settings, passes), personReason(settings, pricePerHour)];
  const said = reasons.filter((reason) => reason !== null);
  return said.length === 0 ? null : said.join(' ');
}

function flatReason({ allowFlat }: JobSettings, passes: readonly MeasuredPass[]): string | null {
  const findings = allowFlat === true ? [] : passes.flatMap(({ finding }) => finding ?? []);
  if (findings.length === 0) return null;
  const remedy = 'Look at the export, or release the job as it is (`cosmos job release`).';
  return `${findings.join('. ')}. ${remedy}`;
}

function personReason(settings: JobSettings, pricePerHour: number): string | null {
  if (settings.hold != null) return settings.hold;
  if (settings.promptSource !== 'template') return null;
  if (settings.engine === 'preview' && pricePerHour === 0) return null;
  return (
    'Template prompt: nobody has confirmed it. Give it a prompt (`cosmos job edit`), ' +
    'or release it as it is (`cosmos job release`).'
  );
}
