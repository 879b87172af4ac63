/** From the end of a log to an entry of the catalogue of failures. */
import type { Failure } from './engine.js';
import type { KnownFailure } from './failures/known-failure.js';
import { FAILURES } from './failures.js';

/** Of a foreign text inside a sentence of ours. */
const LONGEST = 200;

/**
 * @param trouble lines that may tell why, oldest first.
 * @param exitCode null = not known.
 */
export function diagnose(trouble: string, exitCode: number | null): Failure | undefined {
  for (const known of FAILURES) {
    const match = known.pattern?.exec(trouble);
    if (match) return asFailure(known, match.slice(1).find((group) => group !== undefined) ?? '');
  }
  const byCode = FAILURES.find(({ exitCodes }) => exitCode !== null && exitCodes?.includes(exitCode));
  return byCode === undefined ? undefined : asFailure(byCode, '');
}

/** An exception that is not in the catalogue, in its own words: never retried, so that nothing is paid for twice. */
export function unknownFailure(trouble: string, exitCode: number | null): Failure {
  const exceptions = [
    ...trouble.matchAll(/^(?:\[rank\d+\]:\s*)?((?:\w+\.)*\w*(?:Error|Exception|Interrupt)(?:: .*)?)$/gm),
  ];
  const last = exceptions.map(([, text = '']) => text).findLast((text) => !text.includes('ChildFailedError'));
  const code = exitCode === null ? '' : ` with exit code ${exitCode} and`;
  const sentence =
    last === undefined ? `The run ended${code} without a video.` : `The program stopped: ${shortened(last)}.`;
  return {
    code: 'unknown',
    class: 'user',
    sentence,
    remedy: 'The log has more; retry the job when the cause is gone.',
  };
}

function asFailure({ code, class: kind, sentence, remedy }: KnownFailure, detail: string): Failure {
  return { code, class: kind, sentence: sentence.replace('%', () => shortened(detail)), remedy };
}

function shortened(text: string): string {
  const plain = text.trim().replace(/[.\s]+$/, '');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}...` : plain;
}
