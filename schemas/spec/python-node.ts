/** The types of values as Python holds them, with their places in the text of a spec. */

interface Placed {
  /** Offsets into the text in UTF-16 units; `end` is the first one after the value. */
  readonly start: number;
  readonly end: number;
}

export interface PyMember {
  readonly key: PyString;
  readonly value: PyNode;
}
export interface PyObject extends Placed {
  readonly kind: 'object';
  /** In the order of the text, with repeated keys. */
  readonly members: readonly PyMember[];
  /** What Python's dict holds: the last member of each key. */
  readonly last: ReadonlyMap<string, PyMember>;
}
export interface PyArray extends Placed {
  readonly kind: 'array';
  readonly items: readonly PyNode[];
}
export interface PyString extends Placed {
  readonly kind: 'string';
  readonly value: string;
}
export interface PyInt extends Placed {
  readonly kind: 'int';
  readonly value: bigint;
}
export interface PyFloat extends Placed {
  readonly kind: 'float';
  readonly value: number;
}
export interface PyBool extends Placed {
  readonly kind: 'bool';
  readonly value: boolean;
}
export interface PyNull extends Placed {
  readonly kind: 'null';
}
/** A value that JSON cannot write and no field takes: a date in a YAML spec. */
export interface PyOther extends Placed {
  readonly kind: 'other';
  readonly text: string;
}
export type PyNode = PyObject | PyArray | PyString | PyInt | PyFloat | PyBool | PyNull | PyOther;

/** A plain value for people and for JSON; integers beyond 2^53 become floats as Number() makes them. */
export function plainValue(node: PyNode): unknown {
  switch (node.kind) {
    case 'null':
      return null;
    case 'int':
      return Number(node.value);
    case 'other':
      return node.text;
    case 'array':
      return node.items.map(plainValue);
    case 'object':
      return Object.fromEntries([...node.last].map(([key, { value }]) => [key, plainValue(value)]));
    default:
      return node.value;
  }
}
