/** Failed jobs that a person has seen and put away. Kept by VS Code for all its windows, not by the daemon. */
import { type Event, EventEmitter, type Memento } from 'vscode';
import type { Job } from '../../../../schemas/received.js';

const KEY = 'cosmos.dismissed';
/** The oldest are forgotten beyond this many. */
const KEPT = 5000;

export class Dismissals {
  private readonly changes = new EventEmitter<readonly Job[]>();
  readonly onDidDismiss: Event<readonly Job[]> = this.changes.event;
  private known: Set<string> | undefined;

  constructor(private readonly memento: Memento) {}

  /** An attempt later it is another failure. */
  has(job: Job): boolean {
    this.known ??= new Set(this.memento.get<string[]>(KEY, []));
    return this.known.has(keyOf(job));
  }

  /** Another window may have put some away; VS Code gives us its values, and says nothing. */
  lookAgain(): void {
    this.known = undefined;
  }

  async add(jobs: readonly Job[]): Promise<void> {
    const all = new Set([...this.memento.get<string[]>(KEY, []), ...jobs.map(keyOf)]);
    this.known = new Set([...all].slice(-KEPT));
    await this.memento.update(KEY, [...this.known]);
    this.changes.fire(jobs);
  }
}

function keyOf({ id, attempt }: Job): string {
  return `${id} ${attempt}`;
}
