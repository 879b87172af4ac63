/**
 * At whose steps the daemon is at work, written down before each begins: when it dies, the next one knows at what. A
 * file beside the database and no table in it, because clients read it while the daemon does not answer, and because
 * it must outlive the process but need not wait for the disk: a power cut, which may lose it, is nobody's doing.
 */
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import * as z from 'zod';
import { type JobState, JobWork, type Standstill } from '../../schemas/index.js';
import { type Clock, isoNow } from '../clock.js';
import { coerceError } from '../errors.js';
import type { Logger } from '../log.js';
import { writeFileAtomicSync } from '../write-file.js';

/** Deaths of the daemon at one step of a job, none of them followed by its success, after which it is held. */
const TOO_MANY_DEATHS = 2;

const Note = JobWork.extend({
  /** false = the step waits or is to be tried again; what is known of it stays. */
  isAtWork: z.boolean(),
  /** Daemons that died while they were at work on this step. */
  deaths: z.int(),
  /** How the last of them died, as the end of a sentence. */
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
   * Counts what the last daemon was at work on when it died. Nothing when it was stopped in order, and nothing when
   * the machine was restarted since: that was not the work of a job.
   * @param standstill what its watchdog said last
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

  /** Told at once and after every change. */
  onChange(listener: (work: readonly JobWork[]) => void): void {
    this.listener = listener;
    this.tell();
  }

  /** From now on the daemon is at work on this step of the job. */
  begin(job: string, step: JobState): void {
    const known = this.notes.get(job);
    const { deaths, lastDeath } = known?.step === step ? known : { deaths: 0, lastDeath: '' };
    this.put({ job, step, since: isoNow(this.options.clock), isAtWork: true, deaths, lastDeath });
  }

  /** It waits, or was interrupted: a daemon that dies now does not die of it. Harmless when it was not at work. */
  rest(job: string): void {
    const known = this.notes.get(job);
    if (known?.isAtWork !== true) return;
    if (known.deaths === 0) this.forget(job);
    else this.put({ ...known, isAtWork: false });
  }

  /** The step is done, or a person has decided about the job: what was counted counts no more. */
  forget(job: string): void {
    if (this.notes.delete(job)) this.changed();
  }

  /** How often a daemon died at this step of the job. */
  deaths(job: string, step: JobState): number {
    const known = this.notes.get(job);
    return known?.step === step ? known.deaths : 0;
  }

  /** Steps that are not to be tried again by themselves. */
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

  /** By the uptime, because not every system numbers its starts. */
  private wasRestartedSince({ since }: Note): boolean {
    return Date.parse(since) < this.options.clock.now() - uptime() * 1000;
  }
}

const SILENT = 'it ended without a word, by a crash, for lack of memory or by kill -9';

function stood({ seconds, ended }: Standstill): string {
  const by = ended ? 'its watchdog' : 'somebody';
  return `its event loop stood still for ${Math.round(seconds)} s and ${by} ended it`;
}

/** A missing or damaged file says nothing of any job. */
function readNotes(file: string): z.infer<typeof Notes> | undefined {
  try {
    return Notes.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
