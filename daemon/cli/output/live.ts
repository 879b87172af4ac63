/**
 * Shows the progress of jobs while a command waits: lines that are redrawn on a terminal, lines at each change
 * elsewhere.
 */
import stringWidth from 'fast-string-width';
import type { Job, Progress } from '../../../schemas/received.js';
import { inWords } from '../../../schemas/shown-text.js';
import type { Watcher } from '../wait.js';
import { bar, duration, percent } from './amounts.js';
import { paintJobState } from './colors.js';
import type { Door, LiveLines, Surface } from './door.js';
import type { Output } from './output.js';

const BAR_CELLS = 20;
/** Without a terminal a line is written for every step of this size. */
const PLAIN_STEP = 0.25;

/** The view for where standard error goes; `end` leaves the last drawing standing. */
export async function liveView(out: Output): Promise<Watcher & { end(): void }> {
  return out.stderr.isTerminal ? new TerminalView(out.stderr, await out.stderr.live()) : new PlainView(out);
}

interface Line {
  readonly job: Job;
  readonly progress: Progress | undefined;
}

/** One line a job, redrawn. */
class TerminalView implements Watcher {
  private readonly lines = new Map<string, Line>();

  constructor(
    private readonly door: Door,
    private readonly live: LiveLines,
  ) {}

  job(job: Job): void {
    const before = this.lines.get(job.id);
    const same = before?.job.state === job.state;
    this.lines.set(job.id, { job, progress: same ? before?.progress : undefined });
    this.render();
  }

  progress(progress: Progress): void {
    const line = this.lines.get(progress.job);
    if (line !== undefined) this.lines.set(progress.job, { ...line, progress });
    this.render();
  }

  note(text: string): void {
    this.live.persist(this.door.colors.dim(text));
    this.render();
  }

  end(): void {
    this.live.done();
  }

  private render(): void {
    const lines = [...this.lines.values()];
    const longest = Math.max(...lines.map(({ job }) => stringWidth(this.door.line(job.name))));
    const names = Math.min(longest, Math.floor(this.door.width / 2));
    this.live.draw(lines.map((line) => terminalLine(line, names, this.door)));
  }
}

/**
 * "shot010  running     ███████░░░░░  62%  frame 30/48  ETA 12s", cut to the terminal: a longer line would wrap and
 * leave rests behind when redrawn. @param names cells of all names
 */
export function terminalLine({ job, progress }: Line, names: number, surface: Surface): string {
  const shown = cut(surface.line(job.name), names);
  const name = shown + ' '.repeat(names - stringWidth(shown));
  const state =
    paintJobState(surface.colors, job.state) + ' '.repeat(Math.max(0, LONGEST_STATE - inWords(job.state).length));
  const tail = surface.line(progress === undefined ? job.reason : progressText(progress));
  const room = surface.width - names - Math.max(LONGEST_STATE, inWords(job.state).length) - 2 * GAP.length;
  return `${name}${GAP}${state}${GAP}${cut(tail, room)}`.trimEnd();
}

function progressText({ fraction, stage, eta }: Progress): string {
  const done = percent(fraction).padStart(4);
  const rest = eta === null ? '' : `${GAP}ETA ${duration(eta)}`;
  return `${bar(fraction, BAR_CELLS)} ${done}${GAP}${stage}${rest}`;
}

function cut(text: string, room: number): string {
  if (stringWidth(text) <= room) return text;
  let kept = '';
  for (const character of text) {
    if (stringWidth(kept + character) > room - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

const GAP = '  ';
const LONGEST_STATE = 'collecting'.length;

/** A line when a state changes or a quarter more is done: logs of scripts stay short. */
class PlainView implements Watcher {
  private readonly told = new Map<string, { state: string; steps: number; name: string }>();

  constructor(private readonly out: Output) {}

  job({ id, name, state, reason }: Job): void {
    if (this.told.get(id)?.state === state) return;
    this.told.set(id, { state, steps: 0, name });
    this.note(`${name}: ${inWords(state)}${reason === '' ? '' : ` (${reason})`}`);
  }

  progress({ job, stage, fraction }: Progress): void {
    const told = this.told.get(job);
    const steps = Math.floor(fraction / PLAIN_STEP);
    if (told === undefined || steps <= told.steps) return;
    told.steps = steps;
    this.note(`${told.name}: ${percent(fraction)}, ${stage}`);
  }

  note(text: string): void {
    this.out.note(text);
  }

  end(): void {}
}
