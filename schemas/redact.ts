/**
 * Removes secrets from text: those that look like one, and values that are known to be one. Everything else stays:
 * paths, hashes, ids, prompts, addresses, host names.
 *
 * A text is also read as it is meant: percent-encoded, with the escapes of JSON, in base64. Every reader takes time in
 * proportion to the length of the text, whatever is in it.
 */
import type * as z from 'zod';
import { encodedSecrets } from './redact/base64.js';
import { logins } from './redact/logins.js';
import { named } from './redact/named.js';
import { pemBlocks } from './redact/pem.js';
import { shaped } from './redact/shapes.js';
import { isWhole, type Reader, type Span } from './redact/span.js';
import { readings } from './redact/views.js';

type Json = z.core.util.JSONType;

/** Stands where a secret stood. */
export const REMOVED = '***';

const READERS: readonly Reader[] = [pemBlocks, logins, named, shaped];

/**
 * The text without secrets; the same text when there is none.
 * @param known values that are secret whatever they look like, in their plain form.
 */
export function redacted(text: string, known: readonly string[] = []): string {
  if (text === '') return text; // most jobs have nothing to say, and each move of each asks
  const spans = secretsIn(text, valuesOf(known));
  return spans.length === 0 ? text : cutOut(text, spans);
}

/** Members whose whole value is a secret, whatever it looks like. */
const SECRET_KEY =
  /^(?:token|authorization|cookie|passw(?:or)?d|passphrase|secret|answers|(?:.*[_-])?(?:token|secret|password|api_?key|secret_access_key))$/i;
/** Most levels of a value; nothing that people read is deeper. */
const DEEPEST = 100;

/** A JSON value without secrets in its texts and in the names of its members. */
export function redactedValue(value: Json, known: readonly string[] = [], depth = 0): Json {
  if (typeof value === 'string') return redacted(value, known);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return REMOVED;
  const inner = (one: Json) => redactedValue(one, known, depth + 1);
  if (Array.isArray(value)) return value.map(inner);
  const members = Object.entries(value).map(([key, one]) => {
    const isSecret = typeof one === 'string' && one !== '' && SECRET_KEY.test(key);
    return [redacted(key, known), isSecret ? REMOVED : inner(one)];
  });
  return Object.fromEntries(members);
}

function secretsIn(text: string, values: Reader): Span[] {
  const encoded: Reader = (plain) => encodedSecrets(plain, { ofText: READERS, ofBytes: [shaped], values });
  return readings(text).flatMap((view) => {
    const found = [...READERS, values, encoded].flatMap((read) => read(view.text));
    return found.map(({ start, end }) => ({ start: view.at(start), end: view.at(end) }));
  });
}

/** Also as a form of a web page writes them, with "+" for a blank, and with the bytes of UTF-8 read one by one. */
function valuesOf(known: readonly string[]): Reader {
  const forms = known.flatMap((value) => [value, value.replaceAll(' ', '+'), bytesOf(value)]);
  const distinct = [...new Set(forms)].filter((form) => form !== '');
  return (text) => distinct.flatMap((form) => placesOf(form, text));
}

function bytesOf(value: string): string {
  return Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte)).join('');
}

function placesOf(value: string, text: string): Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length)) {
    found.push({ start: at, end: at + value.length });
  }
  return found;
}

/** Spans that touch or overlap become one mark. */
function cutOut(text: string, spans: readonly Span[]): string {
  const sorted = spans.filter(isWhole).sort((a, b) => a.start - b.start);
  let kept = '';
  let done = 0;
  for (const { start, end } of sorted) {
    if (end <= done) continue;
    if (start > done || done === 0) kept += text.slice(done, start) + REMOVED;
    done = end;
  }
  return kept + text.slice(done);
}
