/** Finds secrets by their beginning ("hf_", "sk-", "AKIA"). */
import { hasRandomRun, isWhole, type Reader, type Span } from './span.js';

interface Shape {
  /**
   * A beginning, then a greedy class, then nothing that could fail: so no text makes it look twice at the same place.
   * What a match must be beside that is said by `is`.
   */
  readonly pattern: RegExp;
  readonly is?: (found: string) => boolean;
}

/** A prefix that no word has, and so many characters of the token behind it. */
function prefixed(prefixes: string, least: number, characters = '[A-Za-z0-9_-]'): Shape {
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?:${prefixes})${characters}*`, 'g');
  const head = new RegExp(`^(?:${prefixes})`);
  return { pattern, is: (found) => found.replace(head, '').length >= least };
}

const SHAPES: readonly Shape[] = [
  // Hugging Face (hf_hub, hf_transfer are names of programs); old tokens of organisations.
  { pattern: /(?<![A-Za-z0-9])(?:hf|api_org)_\w*/g, is: (found) => isRandom(found.replace(/^(?:hf|api_org)_/, '')) },
  // OpenAI, Anthropic, OpenRouter and others (sk-learn is a library).
  { pattern: /(?<![A-Za-z0-9])sk-[\w-]*/g, is: (found) => hasRandomRun(found.slice(3), 16, 3) },
  prefixed('(?:sk|rk)_(?:live|test)_', 16), // Stripe
  // Access key ids of AWS: docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  {
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]*/g,
    is: (found) => found.length === 20 || (found.length >= 16 && /\d/.test(found)),
  },
  prefixed('gh[pousr]_|github_pat_', 16), // GitHub
  prefixed('gl(?:pat|dt|rt|ptt|oas|cbt)-', 16), // GitLab
  prefixed('xox[a-z]-|xapp-', 10), // Slack
  { pattern: /(?<=hooks\.slack\.com\/services\/)[\w/]+/g },
  prefixed('AIza', 30), // Google
  prefixed('ya29\\.|GOCSPX-', 16),
  prefixed('nvapi-', 16), // NVIDIA
  prefixed('npm_', 30, '[A-Za-z0-9]'),
  prefixed('dckr_pat_|pypi-AgE|rpa_|r8_', 16), // Docker, PyPI, RunPod, Replicate
  // JSON Web Tokens, RFC 7519: three parts, of which the first is {"...; a part may be cut.
  { pattern: /(?<![\w-])eyJ[\w-]*(?:\.[\w-]*)*/g, is: (found) => /^eyJ[\w-]{8,}\.[\w-]{4,}/.test(found) },
  // The path of a media URL of the daemon opens one file for an hour.
  { pattern: /(?<=\/media\/)[A-Za-z0-9_-]{32}(?=\/)/g },
];

/** Without one of these in it no text has to be looked through. */
const SIGN =
  /hf_|api_org_|sk[-_]|rk_|A[KS]IA|AIza|gh[pousr]_|github_pat_|gl[a-z]+-|xox|xapp-|hooks\.slack|ya29|GOCSPX|nvapi-|npm_|dckr_|pypi-|rpa_|r8_|eyJ|\/media\//;

export const shaped: Reader = (text) => (SIGN.test(text) ? SHAPES.flatMap((shape) => placesOf(shape, text)) : []);

function placesOf({ pattern, is = () => true }: Shape, text: string): Span[] {
  return [...text.matchAll(pattern)]
    .filter(([found]) => is(found))
    .map(({ 0: found, index }) => ({ start: index, end: index + found.length }))
    .filter(isWhole);
}

/** No name of a program is so long, or mixes letters so. */
function isRandom(body: string): boolean {
  const isMixed = (run: string) => run.length >= 20 && /[a-z]/.test(run) && /[A-Z]/.test(run);
  return hasRandomRun(body, 16) || body.split('_').some((run) => run.length >= 30 || isMixed(run));
}
