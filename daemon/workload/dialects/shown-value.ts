/** Writes a value of a spec into a sentence. */
import { type PyNode, plainValue } from '../../../schemas/spec/python-node.js';
import { withoutSecrets } from '../../secrets.js';

const LONGEST = 60;

/**
 * A value in a sentence. A secret is removed before the text is shortened, because half a secret would not be
 * recognised.
 */
export function shownValue(node: PyNode): string {
  const text = withoutSecrets(node.kind === 'float' ? String(node.value) : (JSON.stringify(plainValue(node)) ?? ''));
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}
