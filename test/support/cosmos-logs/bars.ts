/** tqdm bars as NVIDIA's programs draw them: \r, one for every chunk, of one GPU or of all of them mixed. */
import { seededShuffle } from '../random.js';

export interface BarsOptions {
  readonly label: 'Generating samples' | 'Sampling';
  readonly chunks: number;
  readonly steps: number;
  /** GPUs that draw. */
  readonly ranks: number;
  readonly secondsAStep: number;
}

/** One element a drawing, with its \r in front; each bar is closed by its last drawing once more and a line end. */
export function bars(options: BarsOptions): string[] {
  const { chunks, steps, ranks } = options;
  const all: string[] = [];
  let late: string[] = [];
  for (let chunk = 0; chunk < chunks; chunk++) {
    const draw = (step: number) => drawing(options, step);
    const starts = Array.from({ length: ranks }, () => draw(0));
    // The slowest GPUs close the bar before while the fastest begin the next: nothing else can overlap.
    all.push(...seededShuffle(chunk, [...starts.slice(1), ...late]), ...starts.slice(0, 1));
    for (let step = 1; step < steps; step++) all.push(...Array.from({ length: ranks }, () => draw(step)));
    const closed = Array.from({ length: ranks }, () => `${draw(steps)}${draw(steps)}\n`);
    const isLast = chunk === chunks - 1;
    all.push(...(isLast ? closed : closed.slice(0, Math.ceil(ranks / 2))));
    late = isLast ? [] : closed.slice(Math.ceil(ranks / 2));
  }
  return all;
}

function drawing({ label, steps, secondsAStep }: BarsOptions, step: number): string {
  const share = step / steps;
  const full = '█'.repeat(Math.floor(share * 10));
  const part = step > 0 && step < steps ? '▍' : '';
  const bar = `${full}${part}`.padEnd(10);
  const [passed, left] = [clock(step * secondsAStep), step === 0 ? '?' : clock((steps - step) * secondsAStep)];
  const rate = step === 0 ? '?it/s' : ` ${secondsAStep.toFixed(2)}s/it`;
  return `\r${label}: ${String(Math.floor(share * 100)).padStart(3)}%|${bar}| ${step}/${steps} [${passed}<${left}, ${rate}]`;
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}
