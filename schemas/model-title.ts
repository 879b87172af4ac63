/** The one name of each model that people read: in rows, forms, questions and sentences, whichever client shows it. */

const TITLES: Readonly<Record<string, string>> = {
  preview: 'Preview',
  'transfer2.5': 'Transfer 2.5',
  cosmos3: 'Cosmos 3',
};

/** @param engine as jobs and hosts name it. One that this version does not know keeps the name that it came with. */
export function modelTitle(engine: string): string {
  return Object.hasOwn(TITLES, engine) ? (TITLES[engine] ?? engine) : engine;
}
