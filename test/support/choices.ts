import type { Choices } from '../../daemon/workload/transfer/settings.js';

/** What a plain submit of the clip "lot" knows, with changes. */
export function choices(changes: Partial<Choices> = {}): Choices {
  return {
    name: 'lot',
    options: {},
    hand: null,
    wanted: undefined,
    promptFile: null,
    preset: null,
    defaults: { engine: 'preview' },
    suffix: '',
    ...changes,
  };
}
