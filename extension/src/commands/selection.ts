/**
 * Finds the rows for a command that was called without any: from the command palette the selected rows, from a key
 * binding the rows that have the keyboard focus.
 */
import { commands, Disposable, type TreeView } from 'vscode';
import type { TreeNode } from '../views/tree.js';
import type { Noun } from './arguments.js';
import type { CommandFacts } from './table.js';

type About = NonNullable<CommandFacts['about']>;
const VIEWS = ['cosmos.queue', 'cosmos.clips', 'cosmos.hosts', 'cosmos.results'] as const;
type ViewId = (typeof VIEWS)[number];
/** A view by its id. */
export type Views = Readonly<Record<ViewId, Pick<TreeView<TreeNode>, 'selection' | 'reveal' | 'onDidChangeSelection'>>>;

/** The views in which such things are rows. A result has the id of its job. */
const HOMES: Readonly<Record<About, readonly ViewId[]>> = {
  job: ['cosmos.queue', 'cosmos.results'],
  group: ['cosmos.queue'],
  clip: ['cosmos.clips'],
  watch: ['cosmos.clips'],
  host: ['cosmos.hosts'],
  result: ['cosmos.results', 'cosmos.queue'],
};
/** Properties of rows, the most specific first: the row of a result also has its job. */
const NOUNS: readonly Noun[] = ['result', 'job', 'clip', 'watch', 'host'];

/** Milliseconds to wait for the event of a selection that has changed. */
const ARRIVAL = 2000;

export class RowSelection implements Disposable {
  /** The view in which a row was selected last. */
  private last: ViewId | undefined;
  private readonly listening: Disposable;

  constructor(private readonly views: Views) {
    const listening = VIEWS.map((id) => views[id].onDidChangeSelection(() => this.changed(id)));
    this.listening = Disposable.from(...listening);
  }

  dispose(): void {
    this.listening.dispose();
  }

  /** The selected rows of such things. */
  of(about: About): readonly TreeNode[] {
    const [home] = HOMES[about];
    const view = this.last !== undefined && HOMES[about].includes(this.last) ? this.last : home;
    return view === undefined ? [] : this.views[view].selection;
  }

  /** Arguments as a menu would pass them. The keybindings in package.json name the view that they belong to. */
  async resolved(args: readonly unknown[]): Promise<readonly unknown[]> {
    const view = viewIn(args[0]);
    if (view === undefined) return args;
    const rows = await underKey(this.views[view]);
    return [rows[0], rows];
  }

  /** For the command palette, which offers commands for the rows that were selected last. */
  private changed(id: ViewId): void {
    const [row] = this.views[id].selection;
    if (row === undefined && this.last !== id) return;
    this.last = row === undefined ? undefined : id;
    void commands.executeCommand('setContext', 'cosmos.selected', row === undefined ? '' : nounOf(row));
  }
}

function nounOf(row: TreeNode): string {
  return NOUNS.find((noun) => noun in row) ?? '';
}

function viewIn(arg: unknown): ViewId | undefined {
  if (typeof arg !== 'object' || arg === null || !('view' in arg)) return undefined;
  return VIEWS.find((id) => id === arg.view);
}

/**
 * The row that has the keyboard focus, and all selected rows if it is one of them, as in a menu. VS Code tells an
 * extension which rows are selected but not which one has the focus, and the arrow keys move only the focus. So this
 * adds the focused row to the selection or removes it, and the difference shows which row it is.
 */
async function underKey(view: Views[ViewId]): Promise<readonly TreeNode[]> {
  const before = view.selection;
  const after = await toggled(view);
  const added = after.find((row) => !before.includes(row));
  if (added !== undefined) {
    await view.reveal(added, { select: true, focus: true });
    return [added];
  }
  if (after.length < before.length) await toggled(view);
  return before;
}

/** The selection after a change. VS Code reports it by an event, which may arrive after the command has ended. */
async function toggled(view: Views[ViewId]): Promise<readonly TreeNode[]> {
  const told = new Promise<void>((resolve) => {
    const listening = view.onDidChangeSelection(() => done());
    const timer = setTimeout(() => done(), ARRIVAL); // no row has the focus, so no event arrives
    const done = () => {
      clearTimeout(timer);
      listening.dispose();
      resolve();
    };
  });
  await commands.executeCommand('list.toggleSelection');
  await told;
  return view.selection;
}
