/** Failed jobs that the user has dismissed. VS Code stores them for all its windows; the daemon does not know them. */
import { type Event, EventEmitter, type Memento } from 'vscode';
import type { Job } from '../../../../schemas/received.js';

const KEY = 'cosmos.dismissed';
/** Beyond this number the oldest are forgotten. */
const KEPT = 5000;

export class Dismissals {
  private readonly changes = new EventEmitter<readonly Job[]>();
  readonly onDidDismiss: Event<readonly Job[]> = this.changes.event;
  private known: Set<string> | undefined;

  constructor(private readonly memento: Memento) {}

  /** The attempt is part of the key, because a later failure is a new one. */
  has(job: Job): boolean {
    this.known ??= new Set(this.memento.get<string[]>(KEY, []));
    return this.known.has(keyOf(job));
  }

  /** Another window may have dismissed some. VS Code returns the shared values, but fires no event. */
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
