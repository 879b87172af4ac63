/** Whose host it is: decides who is asked before money is spent. */
import type { HostCheck, HostConfig } from '../../../schemas/index.js';
import { fine, problem, skipped } from './catalogue.js';
import type { ProbeContext } from './context.js';

const SENTENCES: Readonly<Record<HostConfig['ownership'], string>> = {
  mine: 'The host is yours alone.',
  shared: 'The host is shared: GPUs are taken by leases, and those in use by others are left alone.',
  rented: 'The host is rented.',
};

export async function checkOwnership({ config }: ProbeContext): Promise<HostCheck[]> {
  const { name, ownership, price_per_hour: price } = config;
  const subject = { check: 'ownership' } as const;
  if (ownership === undefined) return [skipped(subject, 'It is not configured yet whose host it is.')];
  if (ownership === 'rented' && price === 0) return [problem(subject, 'price_unset', { name })];
  const cost = price === 0 ? '' : ` An hour costs $${price.toFixed(2)}.`;
  return [fine(subject, `${SENTENCES[ownership]}${cost}`, { ownership, price })];
}
