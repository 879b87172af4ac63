/** Collects the spec that a translation writes, and the list of what is lost or changed. */
import type { PyNode } from '../../../../schemas/spec/python-node.js';
import type { Json } from '../repair.js';

/**
 * `dropped`: does not stand in the result. `changed`: stands there with another value, under the same value with
 * another meaning, or as part of another field. `assumed`: stands in the result only.
 */
export interface Loss {
  readonly kind: 'dropped' | 'changed' | 'assumed';
  /** The path in the source; of what is assumed, in the result. It includes everything below the path. */
  readonly path: readonly string[];
  /** As it was written; of what is assumed, as it is written now. null = nothing is written. */
  readonly value: Json;
  /** One sentence without a full stop. */
  readonly message: string;
  /** What to do, a sentence or two. */
  readonly fix?: string;
}

/** A value of the source: where it stands, as it is written, and as NVIDIA's reader takes it. */
export interface Written<T> {
  readonly path: readonly string[];
  readonly node: PyNode;
  readonly value: T;
  /** The field of the same name in the result. */
  readonly to: readonly string[];
}
/** What a loss is about. */
type Lost = Pick<Written<unknown>, 'path' | 'node'>;

/**
 * Top-level fields that come first in the result; the others follow in the order of the source, control blocks at the
 * end.
 */
const FIRST = ['name', 'model_mode', 'prompt', 'prompt_path', 'negative_prompt', 'vision_path', 'video_path'];

export class Draft {
  private readonly top = new Map<string, Json>();
  private readonly blocks = new Map<string, Map<string, Json>>();
  readonly losses: Loss[] = [];

  /** @param pathOf a path as the source writes it -> as the result must, when the two lie in different folders. */
  constructor(readonly pathOf: (named: string) => string = (named) => named) {}

  /** Writes a field, or with two steps a field of a control block. */
  set([field = '', inner]: readonly string[], value: Json): void {
    if (inner === undefined) this.top.set(field, value);
    else this.block(field).set(inner, value);
  }

  /** A control block, made when it is not there. */
  block(name: string): Map<string, Json> {
    const block = this.blocks.get(name) ?? new Map<string, Json>();
    this.blocks.set(name, block);
    return block;
  }

  has(field: string): boolean {
    return this.top.has(field) || this.blocks.has(field);
  }

  drop(written: Lost, message: string, fix?: string): void {
    this.lose('dropped', written, message, fix);
  }

  /** The caller writes what the value has become. */
  change(written: Lost, message: string, fix?: string): void {
    this.lose('changed', written, message, fix);
  }

  /** Writes a value that does not stand in the source. */
  assume(path: readonly string[], value: Json, message: string, fix?: string): void {
    this.set(path, value);
    this.losses.push({ kind: 'assumed', path, value, message, ...(fix === undefined ? {} : { fix }) });
  }

  /** The other engine behaves differently, and no field can prevent it. */
  warn(path: readonly string[], message: string, fix?: string): void {
    this.losses.push({ kind: 'assumed', path, value: null, message, ...(fix === undefined ? {} : { fix }) });
  }

  spec(): Record<string, Json> {
    const first = FIRST.flatMap((key) => [...this.top].filter(([name]) => name === key));
    const rest = [...this.top].filter(([name]) => !FIRST.includes(name));
    const blocks = [...this.blocks].map(([name, fields]) => [name, Object.fromEntries(fields)]);
    return Object.fromEntries([...first, ...rest, ...blocks]);
  }

  private lose(kind: Loss['kind'], { path, node }: Lost, message: string, fix: string | undefined): void {
    this.losses.push({ kind, path, value: asWritten(node), message, ...(fix === undefined ? {} : { fix }) });
  }
}

/** The value as JSON can hold it: what it cannot (NaN, integers beyond 2^53) becomes text. */
export function asWritten(node: PyNode): Json {
  switch (node.kind) {
    case 'int':
      return Number.isSafeInteger(Number(node.value)) ? Number(node.value) : String(node.value);
    case 'float':
      return Number.isFinite(node.value) ? node.value : String(node.value);
    case 'array':
      return node.items.map(asWritten);
    case 'object':
      return Object.fromEntries([...node.last].map(([key, { value }]) => [key, asWritten(value)]));
    case 'null':
      return null;
    case 'other':
      return node.text;
    case 'string':
    case 'bool':
      return node.value;
  }
}
