/** From zod to JSON Schema 2020-12, with the shared types named once and referred to. */
import * as z from 'zod';
import {
  Attempt,
  CheckReport,
  Clip,
  ClipManifest,
  Estimate,
  Event,
  Host,
  Job,
  JobOptions,
  JobState,
  NamedPreset,
  Plan,
  Prepared,
  Preset,
  Progress,
  QueueStatus,
  Result,
  Run,
  SampleOutlook,
  Snapshot,
  Watch,
} from './index.js';
import { closed, open } from './open.js';

/** The part of a JSON Schema that this code looks into; everything else passes through untouched. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $defs?: Record<string, JsonSchema>;
  readonly description?: string;
  readonly properties?: Record<string, JsonSchema>;
  readonly required?: readonly string[];
  readonly [key: string]: unknown;
}

/** Types that several documents share; under these names they become `$defs`. */
const accepted: Record<string, z.ZodType> = { ClipManifest, JobOptions, JobState, Preset };
const sent: Record<string, z.ZodType> = {
  Attempt,
  CheckReport,
  Clip,
  Estimate,
  Event,
  Host,
  Job,
  NamedPreset,
  Plan,
  Prepared,
  Progress,
  QueueStatus,
  Result,
  Run,
  SampleOutlook,
  Snapshot,
  Watch,
};

/** zod names definitions by the `id` of its global registry, where `.describe()` keeps its sentences too. */
for (const [id, schema] of [...Object.entries(accepted), ...Object.entries(sent).map(opened)]) {
  z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id });
}

function opened([id, schema]: [string, z.ZodType]): [string, z.ZodType] {
  return [id, open(schema)];
}

/** `input`: what a person or client writes (defaults may be left out). `output`: what the daemon sends. */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const read = io === 'input' ? schema : open(schema);
  const json = z.toJSONSchema(read, { io, target: 'draft-2020-12', override: describeOpened });
  // z.json() is the only recursive schema; zod gives each use of it a number of its own.
  return JSON.parse(JSON.stringify(json).replaceAll(/__schema\d+/g, 'Json'));
}

type Overridden = Parameters<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override'] & object>[0];

/** What was opened keeps the sentence of what it was opened from, and has the names that this version knows. */
function describeOpened({ zodSchema, jsonSchema }: Overridden): void {
  const original = closed(zodSchema as unknown as z.ZodType);
  if (original === undefined) return;
  const description = z.globalRegistry.get(original)?.description;
  if (description !== undefined) jsonSchema.description = description;
  if (original instanceof z.ZodEnum) jsonSchema.examples = original.options;
}
