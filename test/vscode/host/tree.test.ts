import assert from 'node:assert/strict';
import { setup, suite, teardown, test } from 'mocha';
import { Tree, type TreeNode } from '../../../extension/src/views/tree.js';

const row: TreeNode = { id: 'row', row: () => ({ label: 'row' }) };

suite('tree', () => {
  let settle: () => void;
  let tree: Tree;
  /** What VS Code is told to draw anew; undefined = all. */
  let told: (TreeNode[] | undefined)[];

  setup(() => {
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    tree = new Tree(() => [row], settled);
    told = [];
    tree.onDidChangeTreeData((nodes) => told.push(nodes));
  });
  teardown(() => tree.dispose());

  test('is not read before there is something to say', async () => {
    let isRead = false;
    const reading = tree.getChildren().then((rows) => {
      isRead = true;
      return rows;
    });
    await nextTurn();
    assert.equal(isRead, false);
    settle();
    assert.deepEqual(await reading, [row]);
  });

  test('that nobody has read is not drawn anew; one that was read is', async () => {
    settle();
    tree.refreshAll();
    tree.drawNow();
    assert.deepEqual(told, []);
    await tree.getChildren();
    tree.refreshAll();
    tree.drawNow();
    assert.deepEqual(told, [undefined]);
  });

  test('does not tell of what was read meanwhile', async () => {
    settle();
    await tree.getChildren();
    tree.refresh(row);
    await tree.getChildren();
    tree.drawNow();
    assert.deepEqual(told, []);
  });
});

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
