/** Id of the walkthrough in package.json, with the id of the extension. */
export const WALKTHROUGH = 'cosmos-bridge.cosmos-bridge#start';

/** The step that is done when the context key is true. */
export const STEPS: Readonly<Record<string, string>> = {
  'cosmos.ready': 'daemon',
  'cosmos.watching': 'folder',
  'cosmos.sent': 'send',
  'cosmos.looked': 'result',
  'cosmos.remote': 'host',
};
