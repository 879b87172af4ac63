/** Presets by name. */
import type { Config, Preset } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { nearest } from '../near.js';

export interface NamedPreset {
  readonly name: string;
  readonly values: Preset;
}

/** null = none is asked for. @throws CosmosError not_found with near names. */
export function findPreset(presets: Config['preset'], name: string | undefined): NamedPreset | null {
  if (name === undefined) return null;
  const values = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (values !== undefined) return { name, values };
  const near = nearest(name, Object.keys(presets));
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ' cosmos.toml has none of that name.';
  throw new CosmosError('not_found', `There is no preset "${name}".${hint}`, { preset: name, near });
}
