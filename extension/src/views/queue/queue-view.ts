/** The queue view: every job in one of four groups. It is drawn from the store and updated by its changes. */
import * as l10n from '@vscode/l10n';
import { type Disposable, type TreeView, window } from 'vscode';
import type { Change } from '../../../../client/store.js';
import type { Job } from '../../../../schemas/received.js';
import type { Bridge } from '../../bridge.js';
import { setTreeWords } from '../../shown/rows.js';
import { onNewDay } from '../moment.js';
import { Tree, type TreeNode } from '../tree.js';
import type { Dismissals } from './dismissals.js';
import { GroupNode } from './group-node.js';
import { GROUPS, type Group, QueueGroups } from './groups.js';
import { can } from './job-context.js';
import { type JobGroups, JobNode } from './job-node.js';
import { QueueDrop } from './queue-drop.js';

/** Milliseconds to wait for the event of a new job. */
const ARRIVAL = 5000;

export class QueueView implements Disposable {
  readonly view: TreeView<TreeNode>;
  readonly drop: QueueDrop;
  private groups: QueueGroups;
  readonly tree: Tree;
  private readonly nodes = new Map<string, JobNode>();
  private readonly groupNodes: Readonly<Record<Group, GroupNode>>;
  private readonly places: JobGroups = {
    groupOf: (job) => this.groupNodes[this.groups.groupOf(job)],
    placeOf: ({ id }) => this.groups.indexOf('queued', id),
  };
  private readonly subscriptions: Disposable[];

  constructor(
    private readonly bridge: Bridge,
    private readonly dismissals: Dismissals,
  ) {
    const { store, link } = bridge;
    this.groups = this.grouped();
    this.tree = new Tree(() => this.shownGroups(), link.settled);
    this.groupNodes = {
      needsYou: this.groupNode('needsYou'),
      running: this.groupNode('running'),
      queued: this.groupNode('queued'),
      done: this.groupNode('done'),
    };
    this.drop = new QueueDrop(bridge, () => this.jobsOf('queued'));
    this.view = window.createTreeView('cosmos.queue', {
      treeDataProvider: this.tree,
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController: this.drop,
    });
    this.subscriptions = [
      this.view,
      this.tree,
      { dispose: store.onChange((change) => this.changed(change)) },
      { dispose: link.onState(() => this.decorate()) },
      dismissals.onDidDismiss((jobs) => this.moved(jobs)),
      onNewDay(() => this.tree.refreshAll()),
      window.onDidChangeWindowState(({ focused }) => focused && this.regroup()),
    ];
    this.decorate();
  }

  /** Shows a job, even if its event has not arrived yet. */
  async reveal(job: string): Promise<void> {
    await this.arrived(job);
    const known = this.bridge.store.jobs.get(job);
    if (known === undefined) return;
    this.groupNodes[this.groups.groupOf(known)].reach(job);
    this.tree.drawNow();
    await this.view.reveal(this.nodeOf(job), { select: true, focus: false, expand: true });
  }

  /** Dismisses failed jobs; others stay. */
  dismiss(jobs: readonly Job[]): Promise<void> {
    return this.dismissals.add(jobs.filter((job) => can(job, 'dismissable')));
  }

  jobsOf(group: Group): readonly Job[] {
    return this.groups.first(group, Number.POSITIVE_INFINITY);
  }

  count(group: Group): number {
    return this.groups.size(group);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private grouped(): QueueGroups {
    return new QueueGroups(this.bridge.store.jobs.values(), (job) => this.dismissals.has(job));
  }

  private groupNode(group: Group): GroupNode {
    return new GroupNode(
      group,
      () => this.groups,
      () => (group === 'done' ? this.bridge.store.olderJobs.left : 0),
      () => this.bridge.history.readJobs(),
      (its) => this.tree.refresh(its),
      (job) => this.nodeOf(job),
    );
  }

  private shownGroups(): GroupNode[] {
    return GROUPS.map((group) => this.groupNodes[group]).filter(({ size }) => size > 0);
  }

  private nodeOf(job: string): JobNode {
    let node = this.nodes.get(job);
    if (node === undefined) {
      node = new JobNode(job, this.bridge, this.dismissals, this.places);
      this.nodes.set(job, node);
    }
    return node;
  }

  private changed(change: Change): void {
    switch (change.kind) {
      case 'all':
        this.regroup();
        break;
      case 'job':
        this.moved([this.bridge.store.jobs.get(change.id)]);
        break;
      case 'progress':
      case 'result':
        this.redraw(change.id);
        break;
      case 'queue':
        this.decorate();
        break;
      case 'run':
      case 'clip':
      case 'watch':
      case 'host':
        break;
    }
  }

  private regroup(): void {
    this.dismissals.lookAgain();
    this.groups = this.grouped();
    this.decorate();
    this.tree.refreshAll();
  }

  private moved(jobs: readonly (Job | undefined)[]): void {
    const before = this.shownGroups();
    for (const job of jobs) {
      if (job === undefined) continue;
      const groups = this.groups.put(job);
      this.tree.refresh(...[...groups].map((group) => this.groupNodes[group]));
      this.redraw(job.id);
    }
    // The same number of groups may be other groups: the last queued job may become the first running one.
    const shown = this.shownGroups();
    if (shown.length !== before.length || shown.some((group, at) => group !== before[at])) this.tree.refreshAll();
    this.decorate();
  }

  /** Only nodes that were shown need it. */
  private redraw(job: string): void {
    const node = this.nodes.get(job);
    if (node !== undefined) this.tree.refresh(node);
  }

  private decorate(): void {
    const waiting = this.groups.size('needsYou');
    const tooltip = waiting === 1 ? l10n.t('1 job needs attention') : l10n.t('{0} jobs need attention', waiting);
    setTreeWords(this.view, {
      description: this.bridge.store.queue.paused ? l10n.t('paused') : '',
      message: this.staleness(),
      badge: waiting === 0 ? undefined : { value: waiting, tooltip },
    });
  }

  /**
   * Says that the rows may be old while there is no connection. An empty view says so in its welcome text, which a
   * message would hide.
   */
  private staleness(): string {
    const { link, store } = this.bridge;
    return link.state.kind === 'away' && store.jobs.size > 0 ? link.state.problem.message : '';
  }

  private arrived(job: string): Promise<void> {
    const { store } = this.bridge;
    if (store.jobs.has(job)) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        unlisten();
        resolve();
      };
      const timer = setTimeout(done, ARRIVAL);
      const unlisten = store.onChange(() => store.jobs.has(job) && done());
    });
  }
}
