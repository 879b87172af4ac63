/**
 * Sends journaled events to one client, without gap or duplicate. The feed keeps only a number and reads the events
 * after it from the journal when the socket can take them, so a slow client costs no memory and loses nothing.
 */
import type { Receiver } from './receiver.js';
import type { JournalService, Unlisten } from './services.js';

/** Events read and sent in one turn. */
const PAGE = 64;

/** Whether the journal still has everything after `since`; false also for a number it never gave out. */
export function canContinue(journal: JournalService, since: number): boolean {
  return since === journal.seq || (since < journal.seq && journal.oldest() <= since + 1);
}

export class EventFeed {
  private running = false;
  /** A turn is requested in which the feed continues. */
  private asked = false;
  private readonly unlisten: Unlisten[] = [];

  /** Events after `sent` are still to be sent. */
  constructor(
    private readonly journal: JournalService,
    private readonly receiver: Receiver,
    private sent: number,
  ) {}

  start(): void {
    this.running = true;
    this.unlisten.push(this.journal.onEvent(() => this.pump()));
    this.unlisten.push(this.receiver.onDrain(() => this.pump()));
    this.pump();
  }

  close(): void {
    this.running = false;
    for (const unlisten of this.unlisten.splice(0)) unlisten();
  }

  /** What is journaled later has a higher number, so nothing is lost between two pages. */
  private pump(): void {
    if (this.asked || !this.hasMore()) return;
    this.sendPage();
    if (!this.hasMore()) return;
    this.asked = true;
    this.receiver.turn(() => {
      this.asked = false;
      this.pump();
    });
  }

  private hasMore(): boolean {
    return this.running && this.sent < this.journal.seq && !this.receiver.full;
  }

  private sendPage(): void {
    const page = this.journal.since(this.sent, PAGE);
    if (page[0]?.seq !== this.sent + 1) {
      this.receiver.disconnect('The events you lack are not kept any more. Connect again for a snapshot.');
      this.close();
      return;
    }
    for (const event of page) {
      if (!this.running || this.receiver.full) return;
      this.receiver.notify('event', event);
      this.sent = event.seq;
    }
  }
}
