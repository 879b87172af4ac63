/** One JSON Schema for specs of both dialects; the keys of the spec decide which half applies, as in detectDialect. */
import type { Dialect } from '../preset.js';
import { Cosmos3Model } from './cosmos3.js';
import { namesOf, TELLTALE, TELLTALE_IN_BLOCK } from './dialect.js';
import type { JsonSchema } from './pydantic.js';
import { Transfer25Model } from './transfer25.js';

/**
 * Draft 7, which every editor knows. Where keys of both dialects stand in one spec, detectDialect counts them; a
 * schema cannot, and takes transfer2.5 then.
 */
export function anyDialectSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    description: 'Spec of Transfer 2.5 or Cosmos 3.',
    if: { allOf: [speaks('cosmos3'), { not: speaks('transfer2.5') }] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: Cosmos3Model.schema,
    else: Transfer25Model.schema,
  };
}

/** Is there a key of that dialect alone? */
function speaks(dialect: Dialect): JsonSchema {
  const top = TELLTALE[dialect].map((key) => ({ required: [key] }));
  const inner = namesOf(dialect).blocks.flatMap((block) =>
    TELLTALE_IN_BLOCK[dialect].map((key) => ({
      required: [block],
      properties: { [block]: { type: 'object', required: [key] } },
    })),
  );
  return { anyOf: [...top, ...inner] };
}
