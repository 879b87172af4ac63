/** The matrix: every way in which EXR files of this field are laid out, as wishes for make_exr.py. */
import type { Cell } from './cells/cell.js';
import { headers, names, values } from './cells/content.js';
import { sizes, subSampled, windows } from './cells/place.js';
import { randomCells } from './cells/random.js';
import { refused } from './cells/refused.js';
import { layouts, storages } from './cells/storage.js';

export function cells(): Cell[] {
  return [
    ...storages(),
    ...layouts(),
    ...windows(),
    ...names(),
    ...sizes(),
    ...values(),
    ...headers(),
    ...subSampled(),
    ...refused(),
    ...randomCells(),
  ];
}
