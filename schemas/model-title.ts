/** The one name of each model that people read: in rows, forms, questions and sentences, whichever client shows it. */
import type { EngineName } from './preset.js';

const TITLES: Readonly<Record<EngineName, string>> = {
  preview: 'Preview',
  'transfer2.5': 'Transfer 2.5',
  cosmos3: 'Cosmos 3',
};

/** In the order in which they are listed. */
export const MODELS = Object.keys(TITLES) as readonly EngineName[];

/** The model that needs no GPU and costs nothing; it is the default of the configuration. */
export const FREE_MODEL: EngineName = 'preview';

/** @param engine as jobs and hosts name it. One that this version does not know keeps the name that it came with. */
export function modelTitle(engine: string): string {
  return Object.hasOwn(TITLES, engine) ? TITLES[engine as EngineName] : engine;
}
