/**
 * Reads a plain scalar as PyYAML's safe_load does: YAML 1.1, with PyYAML's own rules for numbers (yaml/resolver.py).
 */
import type { PyNode } from '../../../schemas/spec/python-node.js';

type Bare<T> = T extends PyNode ? Omit<T, 'start' | 'end'> : never;
/** A value without its place. */
export type BareNode = Bare<PyNode>;

const NULL = /^(?:~|null|Null|NULL|)$/;
const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
/** An exponent needs its sign and the number its point, or it is a text: 1e3 is one. */
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const INTEGER = /^([-+]?)(?:0b([01_]+)|0([0-7_]+)|(0|[1-9][0-9_]*)|0x([0-9a-fA-F_]+))$/;
/** 1:30 is 90 to YAML 1.1, and 1:30.5 is 90.5. */
const BASE_60 = /^([-+]?)([0-9][0-9_]*(?::[0-5]?[0-9])+)(\.[0-9_]*)?$/;
const TIMESTAMP = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*)?$/;

export function plainScalar(text: string): BareNode {
  if (NULL.test(text)) return { kind: 'null' };
  if (TRUE.test(text) || FALSE.test(text)) return { kind: 'bool', value: TRUE.test(text) };
  if (FLOAT.test(text)) return { kind: 'float', value: floatOf(text) };
  const integer = INTEGER.exec(text);
  if (integer !== null) return { kind: 'int', value: integerOf(integer) };
  const clock = BASE_60.exec(text);
  if (clock !== null && (clock[3] !== undefined || !/^[-+]?0/.test(text))) return base60(clock);
  // safe_load has no value for a lone "=" or "<<" and stops at it; no field takes what is no JSON, either.
  if (TIMESTAMP.test(text) || text === '=' || text === '<<') return { kind: 'other', text };
  return { kind: 'string', value: text };
}

/** !!int and !!float on a scalar that reads as a number anyway, !!str on any; undefined for tags that safe_load refuses. */
export function taggedScalar(tag: string, text: string): BareNode | undefined {
  const plain = plainScalar(text);
  switch (tag.replace('tag:yaml.org,2002:', '')) {
    case 'str':
      return { kind: 'string', value: text };
    case 'int':
      return plain.kind === 'int' ? plain : undefined;
    case 'float':
      return plain.kind === 'int' || plain.kind === 'float' ? { kind: 'float', value: Number(plain.value) } : undefined;
    case 'bool':
      return plain.kind === 'bool' ? plain : undefined;
    case 'null':
      return { kind: 'null' };
    default:
      return undefined;
  }
}

function floatOf(text: string): number {
  const plain = text.replaceAll('_', '').toLowerCase();
  if (plain.endsWith('nan')) return Number.NaN;
  return Number(plain.replace('.inf', 'Infinity'));
}

function integerOf([, sign, binary, octal, decimal, hexadecimal]: RegExpExecArray): bigint {
  const digits = (text: string) => text.replaceAll('_', '') || '0';
  const value =
    binary !== undefined
      ? BigInt(`0b${digits(binary)}`)
      : octal !== undefined
        ? BigInt(`0o${digits(octal)}`)
        : hexadecimal !== undefined
          ? BigInt(`0x${digits(hexadecimal)}`)
          : BigInt(digits(decimal ?? '0'));
  return sign === '-' ? -value : value;
}

function base60([, sign, parts = '', fraction]: RegExpExecArray): BareNode {
  const whole = parts.split(':').reduce((sum, part) => sum * 60n + BigInt(part.replaceAll('_', '')), 0n);
  if (fraction === undefined) return { kind: 'int', value: sign === '-' ? -whole : whole };
  const value = Number(whole) + Number(`0${fraction.replaceAll('_', '')}`);
  return { kind: 'float', value: sign === '-' ? -value : value };
}
