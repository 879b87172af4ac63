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
const shared: Record<string, z.ZodType> = {
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
};

/** zod names definitions by the `id` of its global registry, where `.describe()` keeps its sentences too. */
for (const [id, schema] of Object.entries(shared)) {
  z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id });
}

/** `input`: what a person or client writes (defaults may be left out). `output`: what the daemon sends. */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const json = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  // z.json() is the only recursive schema; zod gives each use of it a number of its own.
  return JSON.parse(JSON.stringify(json).replaceAll(/__schema\d+/g, 'Json'));
}
