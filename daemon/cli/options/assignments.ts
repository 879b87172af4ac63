/** Parses "key=value" options. Each parser throws commander's InvalidArgumentError, which becomes a usage error. */
import { InvalidArgumentError } from '@commander-js/extra-typings';
import type * as z from 'zod';
import { HintKey, Weight } from '../../../schemas/preset.js';

type Json = z.core.util.JSONType;
export type Weights = Partial<Record<HintKey, Weight>>;
export type Values = Record<string, Json>;
export type Axes = Record<string, Json[]>;

/** "edge=0.5" or "edge=off", collected over repeated options. */
export function weight(text: string, before: Weights = {}): Weights {
  const { key, value } = split(text);
  const hint = HintKey.safeParse(key);
  if (!hint.success) {
    const meant = key === 'blur' ? ' (blur is called vis here)' : '';
    throw new InvalidArgumentError(`There is no hint "${key}"${meant}; use ${HintKey.options.join(', ')}.`);
  }
  const parsed = Weight.safeParse(value === 'off' ? value : number(value));
  if (!parsed.success) throw new InvalidArgumentError(`A weight is a number from 0 to 1, or off; not "${value}".`);
  return { ...before, [hint.data]: parsed.data };
}

/** "guidance=5": a spec field by NVIDIA's name. The value is JSON when it parses, else text. */
export function setting(text: string, before: Values = {}): Values {
  const { key, value } = split(text);
  return { ...before, [key]: json(value) };
}

/** "seed=1,2,3" or "prompt=[\"a, b\",\"c\"]": one axis of a sweep. */
export function axis(text: string, before: Axes = {}): Axes {
  const { key, value } = split(text);
  const whole = json(value);
  const values = Array.isArray(whole) ? whole : value.split(',').map((part) => json(part.trim()));
  if (values.length === 0 || values.includes('')) {
    throw new InvalidArgumentError(`"${text}" has an empty value; write ${key}=value1,value2.`);
  }
  return { ...before, [key]: values };
}

function split(text: string): { key: string; value: string } {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError(`Write it as key=value, not "${text}".`);
  return { key: text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
}

function json(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text; // not JSON, so the text itself is the value
  }
}

function number(text: string): number {
  return text === '' ? Number.NaN : Number(text);
}
