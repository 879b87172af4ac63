/** Checks everything that a host needs, and shows each finding as it comes. */
import * as l10n from '@vscode/l10n';
import { first, idsOf } from './arguments.js';
import { walkThrough } from './host-walk.js';
import type { Handler } from './register.js';

/** Checks everything that the host needs, and shows each finding as it arrives. */
export const hostProbe: Handler = async (bridge, ...args) => {
  const host = first(idsOf('host', args));
  await walkThrough(bridge, l10n.t('Probe {0}', host), () => bridge.link.call('host.probe', { host, asks: true }));
};
