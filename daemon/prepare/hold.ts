/** When a person has to decide before a prepared job may be queued. Pure. */
import type { JobSettings } from '../../schemas/index.js';

/**
 * Why the job must be held, with how to release it; null = it may go on. A template prompt is nobody's wish: it
 * never reaches a model on a GPU, nor a host that costs money, unconfirmed.
 * @param pricePerHour of the dearest host that may run it; 0 = none costs anything.
 */
export function holdReason(settings: JobSettings, pricePerHour: number): string | null {
  if (settings.hold != null) return settings.hold;
  if (settings.promptSource !== 'template') return null;
  if (settings.engine === 'preview' && pricePerHour === 0) return null;
  return (
    'Its prompt is only a template and nobody has confirmed it: give it a prompt (`cosmos job edit`), ' +
    'or release it as it is (`cosmos job release`).'
  );
}
