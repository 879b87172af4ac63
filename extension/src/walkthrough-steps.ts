/** Of the manifest, by its id and that of the extension. */
export const WALKTHROUGH = 'cosmos-bridge.cosmos-bridge#start';

/** The step that is done when a context key is true. */
export const STEPS: Readonly<Record<string, string>> = {
  'cosmos.ready': 'daemon',
  'cosmos.watching': 'folder',
  'cosmos.sent': 'send',
  'cosmos.looked': 'result',
  'cosmos.remote': 'host',
};
