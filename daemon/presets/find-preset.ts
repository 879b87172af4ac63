/** Presets by name. */
import { CosmosError } from '../errors.js';
import { nearest } from '../near.js';

/** @throws CosmosError not_found with near names. */
export function findPreset<Values>(
  presets: Readonly<Record<string, Values>>,
  name: string,
): { name: string; values: Values } {
  const values = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (values !== undefined) return { name, values };
  const near = nearest(name, Object.keys(presets));
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ' cosmos.toml has none of that name.';
  throw new CosmosError('not_found', `There is no preset "${name}".${hint}`, { preset: name, near });
}
