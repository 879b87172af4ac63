/**
 * The OpenRPC 1.3 document of the protocol, made from the table in protocol.ts. Notifications have no place in
 * OpenRPC, so they stand beside the methods as `x-notifications`, where `params` is the schema of the params object.
 */
import type * as z from 'zod';
import { errorCodes } from './errors.js';
import type { JsonSchema } from './json-schema.js';
import { toJsonSchema } from './json-schema.js';
import type { MethodDefinition } from './protocol/method.js';
import { methods, notifications, PROTOCOL_VERSION } from './protocol.js';

/** Collects the shared types of all methods under `components.schemas`. */
class Components {
  readonly schemas: Record<string, JsonSchema> = {};

  /** The schema of one method's side, its shared types moved to the components. Throws when a name means two things. */
  lift(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $schema, $defs = {}, ...own } = toJsonSchema(schema, io);
    for (const [name, definition] of Object.entries($defs)) this.add(name, relocated(definition));
    return relocated(own);
  }

  private add(name: string, definition: JsonSchema): void {
    const known = this.schemas[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition)) {
      throw new Error(`the schema "${name}" differs between what clients send and what they receive`);
    }
    this.schemas[name] = definition;
  }
}

/** References that point into the components instead of the schema's own definitions. */
function relocated(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

export function openRpcDocument(): Record<string, unknown> {
  const components = new Components();
  const methodList = Object.entries(methods).map(([name, definition]) => describeMethod(name, definition, components));
  const notificationList = Object.entries(notifications).map(([name, { about, params }]) => ({
    name,
    summary: about,
    params: components.lift(params, 'output'),
  }));
  return {
    openrpc: '1.3.2',
    info: {
      title: 'Cosmos Bridge daemon',
      version: String(PROTOCOL_VERSION),
      description: 'JSON-RPC 2.0 over WebSocket at /rpc, params by name. Generated from schemas/protocol.ts.',
    },
    methods: methodList,
    'x-notifications': notificationList,
    components: { schemas: sorted(components.schemas), errors: errorObjects() },
  };
}

function describeMethod(name: string, { about, params, result }: MethodDefinition, components: Components) {
  return {
    name,
    summary: about,
    paramStructure: 'by-name',
    params: contentDescriptors(components.lift(params, 'input')),
    result: { name: 'result', schema: components.lift(result, 'output') },
  };
}

/** One descriptor a property: OpenRPC describes by-name params as a list. Every method of the table takes an object. */
function contentDescriptors(schema: JsonSchema) {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).map(([name, property]) => ({
    name,
    ...(property.description === undefined ? {} : { summary: property.description }),
    required: required.includes(name),
    schema: property,
  }));
}

function errorObjects() {
  return Object.fromEntries(
    Object.entries(errorCodes).map(([name, [code, meaning]]) => [
      name,
      { code, message: meaning, data: { code: name } },
    ]),
  );
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
