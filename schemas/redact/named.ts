/** Finds secrets by the name before them: parameters of URLs, variables, headers. */
import { hasRandomRun, isWhole, type Reader, type Span, spanOf } from './span.js';

interface Naming {
  /** Has the group "value", and the flags "dg". Behind the name nothing in it can fail. */
  readonly pattern: RegExp;
  readonly is?: (value: string) => boolean;
}

const VALUE = '(?<value>[^\\s&;#"\'<>`,)}\\]]*)';
/** Names that say it wherever they stand. */
const STRONG =
  'x-(?:amz|goog)-(?:signature|credential|security-token)|passw(?:or)?d|passphrase|api[_-]?key|secret|' +
  '(?:access|auth|refresh|session|id)_?token|secret_access_key|account_?key|sharedaccess(?:key|signature)|awsaccesskeyid';

const NAMINGS: readonly Naming[] = [
  // Presigned URLs (AWS, Google, Azure, CloudFront) and other parameters that give access.
  {
    pattern: new RegExp(`(?<=[?&;#]|amp;)(?:${STRONG}|sig|signature|token|pwd|pass|auth)=${VALUE}`, 'dgi'),
    is: (value) => value !== '',
  },
  { pattern: new RegExp(`(?<=[?&;#]|amp;)(?:key|policy|key-pair-id|code)=${VALUE}`, 'dgi'), is: isRandom },
  // Assignments: variables of a shell, connection strings, options.
  { pattern: new RegExp(`(?<![A-Za-z0-9])(?:${STRONG})=["']?${VALUE}`, 'dgi'), is: isValue },
  {
    pattern: new RegExp(`(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|ACCESS_KEY)=["']?${VALUE}`, 'dg'),
    is: isValue,
  },
  { pattern: new RegExp(`(?<![A-Za-z0-9])_?(?:auth)?token[=:] ?["']?${VALUE}`, 'dgi'), is: isRandom },
  { pattern: new RegExp(`(?<=--)(?:password|passphrase|token|secret|api-key)[= ]${VALUE}`, 'dg'), is: isMixed },
  // Members of JSON that stand in a text.
  { pattern: new RegExp(`["'](?:${STRONG})["']\\s?:\\s?["](?<value>[^"\\\\]*)`, 'dgi'), is: isValue },
  { pattern: /["'](?:\w{1,32}_)?token["']\s?:\s?["'](?<value>[^"'\\]*)/dgi, is: isRandom },
  // Headers of HTTP.
  { pattern: /(?<![A-Za-z0-9])bearer[ +]{1,4}(?<value>[\w.~+/=-]*)/dgi, is: isMixed },
  { pattern: /(?<![A-Za-z0-9])basic[ +]{1,4}(?<value>[A-Za-z0-9+/_-]*={0,2})/dgi, is: isLogin },
  {
    pattern:
      /(?:authorization|x-api-key|x-auth-token)["']?[:=] ?["']?(?:(?:bearer|basic|token) )?(?<value>[^\s"',;]*)/dgi,
    is: isMixed,
  },
];

/** Without one of these in it no text has to be looked through, and most sentences have none. */
const SIGN = /=|--|bearer|basic|authorization|api-key|auth-token|["']\s?:/i;

export const named: Reader = (text) => (SIGN.test(text) ? NAMINGS.flatMap((naming) => placesOf(naming, text)) : []);

function placesOf({ pattern, is = isValue }: Naming, text: string): Span[] {
  return [...text.matchAll(pattern)]
    .filter(({ groups }) => is(groups?.value ?? ''))
    .flatMap((match) => spanOf(match, 'value') ?? [])
    .filter(isWhole);
}

/** "HF_TOKEN=..." of an instruction, a reference and yes or no are no secrets. */
function isValue(value: string): boolean {
  return value.length >= 3 && !/^(?:true|false|null|none|undefined|\$.*|[.*…]+|.*(?:\.\.\.|…))$/i.test(value);
}

function isMixed(value: string): boolean {
  return isValue(value) && value.length >= 6 && (/\d/.test(value) || value.length >= 20);
}

function isRandom(value: string): boolean {
  return value.length >= 12 && (hasRandomRun(value, 12) || (/\d/.test(value) && value.length >= 24));
}

/** RFC 7617: base64 of user:password. */
function isLogin(value: string): boolean {
  try {
    return /^[ -9;-~]*:[\t -~]*$/.test(atob(value.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return false; // a sentence that begins with "basic"
  }
}
