/** Keys inside a control block that are no field: NVIDIA's model drops them without a word. */
import { unknownKeys } from '../../../../schemas/spec/model.js';
import {
  TRANSFER25_HINTS,
  Transfer25Depth,
  Transfer25Edge,
  Transfer25Seg,
  Transfer25Vis,
} from '../../../../schemas/spec/transfer25.js';
import { remedyOfKey } from '../../dialects/key-remedies.js';
import { type Finding, type Transfer25Sample, transfer25Rule, written } from '../../dialects/rules/rule.js';
import { fieldsAt, meantField } from '../../dialects/unknown-keys.js';

const FIELDS = {
  edge: Transfer25Edge.fields,
  vis: Transfer25Vis.fields,
  depth: Transfer25Depth.fields,
  seg: Transfer25Seg.fields,
} as const;
type Hint = keyof typeof FIELDS;

export const unknownKey = transfer25Rule({
  code: 'unknown_key',
  severity: 'error',
  says: 'A key inside edge, depth, vis or seg that is no field of it is dropped without a word.',
  costs: {
    kind: 'silent change',
    text: 'The run succeeds with the default in place of the value that was meant; no message says so.',
  },
  source: 'cosmos_transfer2/config.py:428-429 (ControlConfig sets no extra, so pydantic ignores)',
  check: (sample) => TRANSFER25_HINTS.flatMap((hint) => ofBlock(hint, sample)),
});

function ofBlock(hint: Hint, sample: Transfer25Sample): Finding[] {
  const block = written(sample, hint);
  if (block?.kind !== 'object') return [];
  const taken = new Set(block.last.keys());
  return unknownKeys(FIELDS[hint], block).map((key): Finding => {
    const path = [hint, key];
    const value = block.last.get(key)?.value ?? block;
    const head = { path, at: 'key', message: `${hint} has no "${key}": it is dropped without a word` } as const;
    const meant = meantField('transfer2.5', [hint], key, value);
    const { repair, offers } = remedyOfKey('transfer2.5', sample.node, path);
    const remove = { says: `Remove "${key}".`, repair: [{ do: 'remove', path } as const] };
    if (meant === undefined) return { ...head, fix: elsewhere(hint, key), offers: [remove] };
    if (taken.has(meant)) return { ...head, fix: `Remove it; "${meant}" is given as well.`, offers: [remove] };
    taken.add(meant); // two misspellings of one field: only the first becomes it
    const choices = { ...(repair === undefined ? {} : { repair }), ...(offers === undefined ? {} : { offers }) };
    return { ...head, fix: `Did you mean "${meant}"?`, ...choices };
  });
}

/** Where a key that is no field of this block would be one. */
function elsewhere(hint: Hint, key: string): string {
  if (fieldsAt('transfer2.5', []).includes(key))
    return `Move it out of ${hint}: "${key}" belongs at the top of the spec.`;
  const other = TRANSFER25_HINTS.find((one) => Object.hasOwn(FIELDS[one], key));
  return other === undefined ? 'Remove it.' : `Only ${other} has a "${key}"; remove it here.`;
}
