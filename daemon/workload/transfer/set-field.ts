/** Writes one field of a spec by its NVIDIA name, or inside a block as "edge.preset_edge_threshold". Pure. */
import { objectAt, type SpecObject } from '../../../schemas/spec/dialect.js';

export function setField(spec: SpecObject, [key, value]: readonly [string, unknown]): SpecObject {
  const dot = key.indexOf('.');
  if (dot <= 0) return { ...spec, [key]: value };
  const block = key.slice(0, dot);
  return { ...spec, [block]: setField(objectAt(spec, block) ?? {}, [key.slice(dot + 1), value]) };
}
