/** How a value of a spec is written in a sentence. */
import { type PyNode, plainValue } from '../../../schemas/spec/python-node.js';
import { withoutSecrets } from '../../secrets.js';

const LONGEST = 60;

/** A value as it may stand in a sentence; a secret is taken out while it is whole. */
export function shownValue(node: PyNode): string {
  const text = withoutSecrets(node.kind === 'float' ? String(node.value) : (JSON.stringify(plainValue(node)) ?? ''));
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}
