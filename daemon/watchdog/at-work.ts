/**
 * Notes each step before it begins: when the daemon dies, the next daemon knows which step it was. The notes are a file
 * and no table of the database, because clients read them while the daemon does not answer. The file must survive the
 * process, but need not survive a power cut, because no job causes one: so it is written without waiting for the disk.
 */
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import * as z from 'zod';
import { type JobState, JobWork, type Standstill } from '../../schemas/index.js';
import { type Clock, isoNow } from '../clock.js';
import { coerceError } from '../errors.js';
import type { Logger } from '../log.js';
import { writeFileAtomicSync } from '../write-file.js';

/** A job is held after so many deaths of the daemon during the same step, without a success in between. */
const TOO_MANY_DEATHS = 2;

const Note = JobWork.extend({
  /** Whether the daemon works on the step now; false = the step waits or will be tried again. */
  isAtWork: z.boolean(),
  /** How often a daemon died during this step. */
  deaths: z.int(),
  /** How the last of them died; ends a sentence. */
  lastDeath: z.string(),
});
type Note = z.infer<typeof Note>;

const Notes = z.object({ startId: z.string(), jobs: z.array(Note) });

export interface AtWorkOptions {
  readonly file: string;
  readonly startId: string;
  readonly clock: Clock;
  readonly log: Logger;
}

export class AtWork {
  private readonly notes = new Map<string, Note>();
  private listener: (work: readonly JobWork[]) => void = () => {};

  constructor(private readonly options: AtWorkOptions) {}

  /**
   * Counts a death for each step that the last daemon worked on when it died. Counts nothing when the daemon was
   * stopped in order, or when the machine was restarted since: no job causes that.
   * @param standstill the last report of its watchdog
   */
  takeOver(standstill: Standstill | undefined): void {
    const last = readNotes(this.options.file);
    if (last === undefined) return;
    const lastDeath = standstill?.startId === last.startId ? stood(standstill) : SILENT;
    for (const note of last.jobs) {
      const isDeath = note.isAtWork && !this.wasRestartedSince(note);
      const counted = isDeath ? { deaths: note.deaths + 1, lastDeath } : {};
      this.notes.set(note.job, { ...note, ...counted, isAtWork: false });
      if (isDeath) this.options.log.warn({ job: note.job, step: note.step }, `the last daemon died: ${lastDeath}`);
    }
    this.write();
  }

  /** The listener is called now and after every change. */
  onChange(listener: (work: readonly JobWork[]) => void): void {
    this.listener = listener;
    this.tell();
  }

  /** Notes that the daemon works on this step of the job from now on. */
  begin(job: string, step: JobState): void {
    const known = this.notes.get(job);
    const { deaths, lastDeath } = known?.step === step ? known : { deaths: 0, lastDeath: '' };
    this.put({ job, step, since: isoNow(this.options.clock), isAtWork: true, deaths, lastDeath });
  }

  /**
   * Notes that the step waits or was interrupted: it does not cause a death now. Does nothing when it was not noted.
   */
  rest(job: string): void {
    const known = this.notes.get(job);
    if (known?.isAtWork !== true) return;
    if (known.deaths === 0) this.forget(job);
    else this.put({ ...known, isAtWork: false });
  }

  /** Sets the count of the job to 0: the step is done, or a person has decided about the job. */
  forget(job: string): void {
    if (this.notes.delete(job)) this.changed();
  }

  /** How often a daemon died at this step of the job. */
  deaths(job: string, step: JobState): number {
    const known = this.notes.get(job);
    return known?.step === step ? known.deaths : 0;
  }

  /** Steps during which the daemon died so often that their jobs must be held. */
  crashing(): Pick<Note, 'job' | 'step' | 'deaths' | 'lastDeath'>[] {
    return [...this.notes.values()].filter(({ deaths }) => deaths >= TOO_MANY_DEATHS);
  }

  private put(note: Note): void {
    this.notes.set(note.job, note);
    this.changed();
  }

  private changed(): void {
    this.write();
    this.tell();
  }

  private tell(): void {
    const atWork = [...this.notes.values()].filter(({ isAtWork }) => isAtWork);
    this.listener(atWork.map(({ job, step, since }) => ({ job, step, since })));
  }

  private write(): void {
    const { file, startId, log } = this.options;
    const text = JSON.stringify({ startId, jobs: [...this.notes.values()] });
    try {
      writeFileAtomicSync(file, text, { mode: 0o600, fsync: false });
    } catch (error) {
      log.warn({ err: coerceError(error) }, 'what the daemon is at work on could not be written down'); // a full disk
    }
  }

  /** Compares the uptime, because not every system has an id for each start. */
  private wasRestartedSince({ since }: Note): boolean {
    return Date.parse(since) < this.options.clock.now() - uptime() * 1000;
  }
}

const SILENT = 'it ended without a word, by a crash, for lack of memory or by kill -9';

function stood({ seconds, ended }: Standstill): string {
  const by = ended ? 'its watchdog' : 'somebody';
  return `its event loop stood still for ${Math.round(seconds)} s and ${by} ended it`;
}

/** A missing or damaged file gives no notes. */
function readNotes(file: string): z.infer<typeof Notes> | undefined {
  try {
    return Notes.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
