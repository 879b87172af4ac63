import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import { inStore, parts } from './parts.js';

suite('connection', () => {
  test('the extension activates and its link finds the daemon of the state folder', async () => {
    const { link } = await parts();
    const hello = await inStore(() => (link.state.kind === 'connected' ? link.state.hello : undefined));
    assert.equal(hello.stateDir, process.env.COSMOS_STATE_DIR);
  });

  test('the store has the clips of the daemon', async () => {
    const clip = await inStore((store) => [...store.clips.values()].find(({ name }) => name === 'street'));
    assert.deepEqual([clip.state, clip.passes], ['ready', ['color', 'depth']]);
  });
});
