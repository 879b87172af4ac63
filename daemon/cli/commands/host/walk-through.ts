/** Shows a probe finding by finding, and asks the person what only a person can decide (trust a key, unlock a key). */
import type { DaemonClient } from '../../../../client/daemon-client.js';
import { hear } from '../../../../client/hear.js';
import type { HostProbe } from '../../../../schemas/received.js';
import { askSecret, askYesNo, canAsk } from '../../ask.js';
import type { Context } from '../../context.js';
import { renderHostCheck } from '../../output/host-check-view.js';
import { answering } from './answering.js';

export interface Obstacle {
  readonly code: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Repeats `attempt` as long as the person removes what stopped it. */
export async function walkThrough<T extends { readonly probe: HostProbe }>(
  { out }: Context,
  daemon: DaemonClient,
  attempt: () => Promise<T>,
): Promise<T> {
  const silence = hear(daemon, 'host.check', ({ check }) => {
    if (!out.json) out.print(renderHostCheck(check, out.colors));
  });
  try {
    for (;;) {
      const answer = await answering(daemon, out, attempt);
      const obstacle = answer.probe.checks.find(({ state }) => state === 'failed');
      if (obstacle === undefined || !canAsk() || !(await remove(obstacle, daemon))) return answer;
    }
  } finally {
    silence();
  }
}

/**
 * Whether the person removed the problem. A changed host key is not offered here: to trust it, the person types the
 * command.
 */
export async function remove({ code, data }: Obstacle, daemon: DaemonClient): Promise<boolean> {
  switch (code) {
    case 'host_key_unknown': {
      const { host, fingerprint } = data;
      if (typeof host !== 'string' || typeof fingerprint !== 'string') return false;
      if (!(await askYesNo(`Is ${fingerprint} the key of ${host}?`))) return false;
      await daemon.call('host.trust', { host, fingerprint });
      return true;
    }
    case 'identity_locked': {
      if (typeof data.file !== 'string') return false;
      const passphrase = await askSecret(`Passphrase of ${data.file} (kept in memory only)`);
      if (passphrase === '') return false;
      await daemon.call('host.unlock', { file: data.file, passphrase });
      return true;
    }
    default:
      return false;
  }
}
