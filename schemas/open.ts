/**
 * Makes shapes of answers open to names of newer daemons. What the daemon accepts is closed: a name that it does not
 * know is refused. What it sends is open: a newer daemon may use names of engines, kinds, states, roles and codes, and
 * fields, that this version does not know, and its answers are read all the same. Jobs, hosts and the rest are
 * described once, closed, as the daemon has them; what clients read is made from that here (the types: received.ts).
 */
import * as z from 'zod';

/**
 * A name that this version does not know: what is left when every known name was asked for. So a `switch` over an open
 * name ends with a branch for it, and the compiler still sees when a known name is missing before that branch. It exists
 * for the compiler only, which can tell a member of an enum from the known names, also as a `kind`.
 */
export declare enum UnknownName {
  any = 'a name from a newer version',
}

/** A value as a client reads it: wherever it holds one of several names, a name from a newer daemon may stand. */
export type Open<T> = z.core.util.JSONType extends T ? T : OpenEach<T> | OtherKind<T>;

type OpenEach<T> = T extends string
  ? string extends T
    ? T
    : T | UnknownName
  : T extends object
    ? { [K in keyof T]: K extends 'kind' ? OpenKind<T[K]> : Open<T[K]> }
    : T;

/** A `kind` that is one name alone tells the members of a union apart, and keeps doing so. */
type OpenKind<T> = true extends IsUnion<T> ? Open<T> : T;

type IsUnion<T, Whole = T> = T extends Whole ? ([Whole] extends [T] ? false : true) : never;

/** What is known of a member of a union whose `kind` this version does not know: what all its members have. */
type OtherKind<T> = OtherMember<Extract<T, { kind: string }>>;
type OtherMember<T> =
  true extends IsUnion<T> ? { [K in CommonText<T>]: K extends 'kind' ? UnknownName : T[K & keyof T] } : never;
type CommonText<T> = keyof T extends infer K
  ? K extends keyof T
    ? T[K] extends string | number
      ? K
      : never
    : never
  : never;

type Opened<S extends z.ZodType> = z.ZodType<Open<z.output<S>>>;

const opened = new WeakMap<z.ZodType, z.ZodType>();
const originals = new WeakMap<z.ZodType, z.ZodType>();

/** The schema that {@link open} made this one from; undefined for all others. */
export function closed(schema: z.ZodType): z.ZodType | undefined {
  return originals.get(schema);
}

/**
 * Reads what a daemon of the same or a newer version sends. Names may be others, and unknown fields are kept. What was
 * asked of people who write it (a manifest names a pattern or a file, a text is not damaged) is not asked again.
 * @throws Error for a kind of schema that results do not have so far: a defect, seen by the test of the protocol table
 */
export function open<S extends z.ZodType>(schema: S): Opened<S> {
  let found = opened.get(schema);
  if (found === undefined) {
    found = opening(schema);
    opened.set(schema, found).set(found, found);
    if (found !== schema) originals.set(found, schema);
  }
  return found as Opened<S>;
}

/** The kinds of schema that hold others, or names. */
type Parts = z.ZodEnum | z.ZodLiteral | z.ZodObject | z.ZodRecord | z.ZodArray | z.ZodTuple | z.ZodUnion | Wrapped;
type Wrapped = z.ZodNullable<z.ZodType> | z.ZodOptional<z.ZodType> | z.ZodDefault<z.ZodType>;
type Plain = z.ZodString | z.ZodNumber | z.ZodBoolean | z.ZodNull | z.ZodUnknown | z.ZodLazy;

function opening(schema: z.ZodType): z.ZodType {
  const { def } = schema as Parts | Plain;
  switch (def.type) {
    case 'enum':
      return z.string();
    case 'literal':
      return def.values.every((value) => typeof value === 'string') ? z.string() : schema;
    case 'object':
      return z.looseObject(openShape(def.shape as Shape));
    case 'record':
      return z.record(z.string(), open(def.valueType as z.ZodType));
    case 'array':
      return around(schema, def.element as z.ZodType, (element) => z.array(element));
    case 'tuple':
      return z.tuple(def.items.map((item) => open(item as z.ZodType)) as [z.ZodType]);
    case 'union':
      return openUnion(def);
    case 'nullable':
      return around(schema, def.innerType, (inner) => inner.nullable());
    case 'optional':
      return around(schema, def.innerType, (inner) => inner.optional());
    case 'default':
      return around(schema, def.innerType, (inner) => inner.default(def.defaultValue as never));
    case 'string':
      return def.checks?.some((check) => check._zod.def.check === 'custom') === true ? z.string() : schema;
    case 'number':
    case 'boolean':
    case 'null':
    case 'unknown':
    case 'lazy': // z.json()
      return schema;
    default:
      throw new Error(`schemas/open.ts does not know how to open ${(def satisfies never as { type: string }).type}.`);
  }
}

/** One that holds nothing with a name stays as it is: a command waits while schemas are made. */
function around(schema: z.ZodType, inner: z.ZodType, wrap: (inner: z.ZodType) => z.ZodType): z.ZodType {
  const within = open(inner);
  return within === inner ? schema : wrap(within);
}

type Shape = Readonly<Record<string, z.ZodType>>;

function openShape(shape: Shape): Shape {
  return Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, open(field)]));
}

function openUnion(def: z.ZodUnion['def'] & { readonly discriminator?: string }): z.ZodType {
  const options = def.options as readonly z.ZodType[];
  if (def.discriminator === undefined) {
    const hasShapes = options.some((option) => option instanceof z.ZodObject);
    return z.union([...options.map(open), ...(hasShapes ? [z.looseObject({})] : [])]); // or another shape
  }
  const shapes = options.map((option) => (option as z.ZodObject<Shape>).def.shape);
  return z.union([openKnown(def.discriminator, shapes), openOther(def.discriminator, shapes)]);
}

/** Members keep the literal that tells them apart. */
function openKnown(discriminator: string, shapes: readonly Shape[]): z.ZodType {
  const members = shapes.map((shape) =>
    z.looseObject({ ...openShape(shape), [discriminator]: shape[discriminator] as z.ZodType }),
  );
  return z.discriminatedUnion(discriminator, members as [(typeof members)[number]]);
}

/** A member of another kind has the fields that are the same in all. One of a known kind is not read as such. */
function openOther(discriminator: string, shapes: readonly Shape[]): z.ZodType {
  const [first = {}, ...rest] = shapes;
  const common = Object.entries(first).filter(([key, field]) => rest.every((shape) => shape[key] === field));
  const known = shapes.flatMap((shape) => (shape[discriminator] as z.ZodLiteral<string>).def.values);
  const other = z
    .string()
    .refine((name) => !known.includes(name))
    .meta({ not: { enum: known } });
  return z.looseObject({ ...openShape(Object.fromEntries(common)), [discriminator]: other });
}
