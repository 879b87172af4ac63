import path from 'node:path';
import { describe } from 'vitest';
import { remoteStoreSuite } from '../../../suites/remote-store.js';
import { LocalRemote } from '../../../support/local-remote.js';
import { tempDir } from '../../../support/tmp.js';

describe('over sh', () => {
  remoteStoreSuite(() => ({ remote: new LocalRemote(), root: path.join(tempDir(), 'my root') }));
});

/** busybox takes its own tools before those of PATH; without a PATH there are no others. */
describe('over busybox alone', () => {
  const options = { shell: ['/usr/bin/busybox', 'sh'], env: { PATH: '' } } as const;
  remoteStoreSuite(() => ({ remote: new LocalRemote(options), root: path.join(tempDir(), 'root') }));
});
