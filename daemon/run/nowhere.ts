/** Why no host takes a queued job, whatever slots are free: for people who look at the queue. Pure. */
import type { Job } from '../../schemas/index.js';
import { modelTitle } from '../../schemas/model-title.js';
import type { HostOffers } from './host-offer.js';

/** undefined = some host does. */
export function whyNowhere({ engine, settings }: Job, offers: HostOffers): string | undefined {
  const wanted = settings.host;
  const title = modelTitle(engine);
  if (wanted !== null && offers.get(wanted) === undefined) {
    return `The host ${wanted} is not configured any more: add it again, or choose another (\`cosmos job edit\`).`;
  }
  const able = offers
    .list()
    .filter((offer) => offer.engines.includes(engine) && offer.host.id === (wanted ?? offer.host.id));
  if (able.length === 0) return wanted === null ? `No host here can run ${title}.` : `${wanted} cannot run ${title}.`;
  const reasons = able.map(({ host }) => offers.draining?.(host.id));
  if (reasons.includes(undefined)) return undefined;
  if (able.length === 1) return reasons[0];
  return `All hosts that can run ${title} drain: ${able.map(({ host }) => host.id).join(', ')}.`;
}
