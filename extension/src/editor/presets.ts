/** Presets as the daemon has them. */
import { givenBack } from '../../../schemas/unknown-name.js';
import type { Link } from '../link.js';
import type { Presets } from './choices.js';

/** null = not known: an older daemon has no list of them, and a cosmos.toml with a slip in it is told elsewhere. */
export async function presetsOf(link: Pick<Link, 'call'>): Promise<Presets | null> {
  try {
    const { presets } = await link.call('preset.list', {});
    return givenBack<Presets>(Object.fromEntries(presets.map(({ name, values }) => [name, values])));
  } catch {
    return null;
  }
}
