/**
 * Stored choices, written by this or an older version or by another program. They are checked by hand and not with zod,
 * because loading zod takes longer than the extension may take to start. Pure.
 */
import type { JobOptions } from '../../schemas/index.js';
import { ENGINE_CONTROLS } from '../../schemas/spec/engine-controls.js';
import { isSecretFree } from './secret-free.js';

export interface KeptPrompt {
  /** Path of the clip. A prompt belongs to its scene and is never sent with another clip. */
  readonly clip: string;
  readonly text: string;
  /** Digest of the clip's own prompt at that time; empty = it had none, absent = not known. */
  readonly own?: string;
}

export interface Kept {
  readonly last: JobOptions;
  /** Path of the clip that `last` was chosen for, and what its scene asked for at that time. */
  readonly clip: string;
  readonly wanted: string;
  /** Oldest first. */
  readonly prompts: readonly KeptPrompt[];
}

type Check = (value: unknown) => boolean;

/**
 * What may be stored for the next clip. Not `prompt`, which is stored with its clip, and not decisions about one send:
 * `draft`, `allowFlat`, `priority`, `tags`.
 */
const LASTING: Readonly<Partial<Record<keyof JobOptions, Check>>> = {
  engine: (value) => isText(value) && Object.hasOwn(ENGINE_CONTROLS, value),
  host: isText,
  preset: isText,
  weights: (value) => isRecord(value) && Object.entries(value).every(isWeight),
  seed: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  set: isRecord,
  project: isText,
};

/** Only the options that may be stored, have the right type and contain no secret. */
export function keepable(options: unknown): JobOptions {
  if (!isRecord(options)) return {};
  const fields = Object.entries(LASTING).flatMap(([field, check]): [string, unknown][] => {
    const value = Object.hasOwn(options, field) ? options[field] : undefined;
    if (value === undefined || !check(value)) return [];
    return isSecretFree({ [field]: value }) ? [[field, value]] : [];
  });
  return Object.fromEntries(fields); // each has the type that JobOptions asks for
}

/** The stored choices. What cannot be read is left out. */
export function keptIn(stored: unknown): Kept {
  const { last, clip, wanted, prompts } = isRecord(stored) ? stored : {};
  return {
    last: keepable(last),
    clip: isText(clip) ? clip : '',
    wanted: isText(wanted) ? wanted : '',
    prompts: Array.isArray(prompts) ? prompts.filter(isPrompt) : [],
  };
}

function isPrompt(value: unknown): value is KeptPrompt {
  return (
    isRecord(value) && isText(value.clip) && isText(value.text) && (value.own === undefined || isString(value.own))
  );
}

const HINTS: readonly string[] = Object.values(ENGINE_CONTROLS).flatMap(({ hints }) => hints);

function isWeight([hint, weight]: readonly [string, unknown]): boolean {
  return HINTS.includes(hint) && (weight === 'off' || (typeof weight === 'number' && weight >= 0 && weight <= 1));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isText(value: unknown): value is string {
  return isString(value) && value !== '';
}
