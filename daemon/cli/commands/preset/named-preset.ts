/** Finds the preset that a command names. */
import type { DaemonClient } from '../../../../client/daemon-client.js';
import type { NamedPreset } from '../../../../schemas/received.js';
import { findPreset } from '../../../presets/find-preset.js';

/** @throws CosmosError not_found with near names */
export async function namedPreset(daemon: DaemonClient, name: string): Promise<NamedPreset> {
  const { presets } = await daemon.call('preset.list', {});
  return findPreset(Object.fromEntries(presets.map((preset) => [preset.name, preset.values])), name);
}
