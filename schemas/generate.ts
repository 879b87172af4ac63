/** `npm run schemas`: writes schemas/json from the zod schemas. The result is committed; a test guards against drift. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as z from 'zod';
import * as schemas from './index.js';
import { toJsonSchema } from './json-schema.js';
import { openRpcDocument } from './openrpc.js';
import { anyDialectSchema } from './spec/any-dialect.js';
import { Cosmos3Model } from './spec/cosmos3.js';
import type { JsonSchema } from './spec/pydantic.js';
import { Transfer25Model } from './spec/transfer25.js';

interface Document {
  readonly file: string;
  readonly schema: z.ZodType;
  /** Files that people and exporters write are described as input: what has a default may be left out. */
  readonly io: 'input' | 'output';
}

const documents: readonly Document[] = [
  { file: 'clip-manifest', schema: schemas.ClipManifest, io: 'input' },
  { file: 'render-note', schema: schemas.RenderNote, io: 'input' },
  { file: 'preset', schema: schemas.Preset, io: 'input' },
  { file: 'config', schema: schemas.Config, io: 'input' },
  { file: 'spool-entry', schema: schemas.SpoolEntry, io: 'input' },
  { file: 'clip', schema: schemas.Clip, io: 'output' },
  { file: 'job', schema: schemas.Job, io: 'output' },
  { file: 'run', schema: schemas.Run, io: 'output' },
  { file: 'result', schema: schemas.Result, io: 'output' },
  { file: 'event', schema: schemas.Event, io: 'output' },
  { file: 'prepared', schema: schemas.Prepared, io: 'output' },
];

/** Specs are described by NVIDIA's own readers, which are pydantic's and not zod's. */
const specs = [
  { file: 'spec-transfer25', schema: Transfer25Model.schema, title: 'Spec of Transfer 2.5.' },
  { file: 'spec-cosmos3', schema: Cosmos3Model.schema, title: 'Transfer spec of Cosmos 3 (cosmos-framework).' },
] as const;

function specSchema(schema: JsonSchema, description: string): JsonSchema {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema, description };
}

/** File name -> text, exactly as committed. */
export function generate(): Map<string, string> {
  const files = new Map<string, string>();
  for (const { file, schema, io } of documents) files.set(`${file}.schema.json`, serialise(toJsonSchema(schema, io)));
  for (const { file, schema, title } of specs) files.set(`${file}.schema.json`, serialise(specSchema(schema, title)));
  files.set('spec.schema.json', serialise(anyDialectSchema()));
  return files.set('protocol.openrpc.json', serialise(openRpcDocument()));
}

export function write(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(path.join(folder, name), text);
}

function serialise(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

const thisFile = fileURLToPath(import.meta.url);
if (process.argv[1] === thisFile) {
  // Runs as dist/schemas/generate.js; the committed files lie in the sources.
  write(path.resolve(path.dirname(thisFile), '../../schemas/json'), generate());
}
