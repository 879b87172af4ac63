import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { anyDialectSchema } from '../../../schemas/spec/any-dialect.js';
import { Cosmos3Model } from '../../../schemas/spec/cosmos3.js';
import { detectDialect, TELLTALE } from '../../../schemas/spec/dialect.js';
import { Transfer25Model } from '../../../schemas/spec/transfer25.js';
import { goodCosmos3, goodTransfer25 } from '../../support/good-specs.js';

const ajv = new Ajv({ strict: false });
const both = ajv.compile({ ...anyDialectSchema() });
const halves = {
  'transfer2.5': ajv.compile({ ...Transfer25Model.schema }),
  cosmos3: ajv.compile({ ...Cosmos3Model.schema }),
};

test('good specs of both engines are good for the one schema', () => {
  expect(both(goodTransfer25)).toBe(true);
  expect(both(goodCosmos3)).toBe(true);
  expect(both({ ...goodTransfer25, control_wieght: 1 })).toBe(false);
});

test('a spec with keys of one dialect is judged as one of that dialect', () => {
  for (const dialect of ['transfer2.5', 'cosmos3'] as const) {
    for (const key of TELLTALE[dialect]) {
      const spec = { prompt: 'A street', name: 'lot', edge: {}, [key]: 1 };
      expect(detectDialect(spec)).toBe(dialect);
      expect(both(spec)).toBe(halves[dialect](spec));
    }
  }
});
