/** Probes a host while the user watches each finding. What only the user can decide is asked during the probe. */
import type { HostProbe } from '../../../schemas/received.js';
import type { Bridge } from '../bridge.js';
import { answering } from './host-answering.js';
import { canClear, clearTrouble } from './host-clear.js';
import { Findings } from './host-findings.js';

/** Repeats `attempt` while the user removes what prevents it. @throws GivenUp */
export async function walkThrough<T extends { readonly probe: HostProbe }>(
  { link }: Bridge,
  title: string,
  attempt: () => Promise<T>,
): Promise<T> {
  for (;;) {
    const answer = await watched(link, title, attempt);
    const obstacle = answer.probe.checks.find(({ state }) => state === 'failed');
    if (obstacle === undefined || !canClear(obstacle)) return answer;
    await clearTrouble(link, obstacle);
  }
}

/** Shows the findings as they arrive, and keeps them until the user closes the list. */
async function watched<T extends { readonly probe: HostProbe }>(
  link: Bridge['link'],
  title: string,
  attempt: () => Promise<T>,
): Promise<T> {
  const findings = new Findings(title);
  const silence = link.on('host.check', ({ check }) => findings.add(check));
  try {
    const answer = await answering(link, attempt);
    const obstacle = answer.probe.checks.find(({ state }) => state === 'failed');
    if (obstacle === undefined || !canClear(obstacle)) await findings.read(answer.probe);
    return answer;
  } finally {
    silence();
    findings.dispose();
  }
}
