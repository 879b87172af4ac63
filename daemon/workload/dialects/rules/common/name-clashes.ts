/** Samples of one run whose outputs would overwrite each other. */
import { TRANSFER25_HINTS } from '../../../../../schemas/spec/transfer25.js';
import { type FileFinding, fileRule, type Sample, type Transfer25Sample } from '../rule.js';

interface Named {
  readonly index: number;
  readonly name: string;
}

export const nameTwice = fileRule({
  code: 'name_twice',
  engines: ['transfer2.5', 'cosmos3'],
  severity: 'error',
  says: 'Two samples have one name, or names that differ only in capital letters.',
  costs: {
    kind: 'lost files',
    text: 'Cosmos 3 does not notice and the second overwrites the outputs of the first; names that differ in capitals only do so when they are copied to Windows or macOS.',
  },
  source: 'cosmos-framework inference/common/args.py:1005-1016; cosmos-transfer2.5 config.py:408-415',
  check: (samples) => {
    const first = new Map<string, Named>();
    return namesOf(samples).flatMap((named) => {
      const key = named.name.toLowerCase();
      const before = first.get(key);
      if (before === undefined) first.set(key, named);
      return before === undefined ? [] : twice(named, before, samples);
    });
  },
});

/** The very same name twice is an error of NVIDIA's own in transfer2.5. */
function twice({ index, name }: Named, before: Named, samples: readonly Sample[]): FileFinding[] {
  const place = { sample: index, path: ['name'], fix: 'Give every sample a name of its own.' } as const;
  if (name !== before.name) {
    const message = `"${name}" and "${before.name}" of sample ${before.index + 1} are one file on Windows and macOS`;
    return [{ ...place, severity: 'warning', message }];
  }
  if (samples[index]?.dialect !== 'cosmos3') return [];
  return [{ ...place, message: `sample ${before.index + 1} is called "${name}" too, and would lose its outputs` }];
}

export const nameClash = fileRule({
  code: 'name_clash',
  engines: ['transfer2.5'],
  severity: 'error',
  says: 'A name is that of a control or mask video which another sample of the run writes.',
  costs: { kind: 'lost files', text: 'One of the two is overwritten, and the log does not mention it.' },
  source: 'cosmos-transfer2.5 inference.py:308-316',
  check: (samples) => {
    const owners = new Map(
      namesOf(samples).flatMap(({ index, name }) => sideFiles(samples[index]).map((end) => [name + end, name])),
    );
    return namesOf(samples).flatMap(({ index, name }) => {
      const owner = owners.get(name);
      if (owner === undefined) return [];
      const message = `"${name}" is also the name of a video that the sample "${owner}" writes; one would overwrite the other`;
      return [{ sample: index, path: ['name'], message, fix: 'Use another name.' }];
    });
  },
});

/** Endings of the videos that are written beside the result. */
function sideFiles(sample: Sample | undefined): string[] {
  if (sample?.dialect !== 'transfer2.5') return [];
  const hints = TRANSFER25_HINTS.filter((hint) => sample.spec[hint] !== null);
  return [...hints.map((hint) => `_control_${hint}`), ...masksOf(sample).map((key) => `_mask_${key}`)];
}

/** A mask that was given as a file is not written again. */
function masksOf({ spec }: Transfer25Sample): string[] {
  const fromWords = TRANSFER25_HINTS.filter(
    (hint) => spec[hint]?.mask_path === null && spec[hint].mask_prompt !== null,
  );
  return spec.guided_generation_mask === null ? fromWords : [...fromWords, 'guided_generation'];
}

function namesOf(samples: readonly Sample[]): Named[] {
  return samples.flatMap(({ name }, index) => (name === null ? [] : [{ index, name }]));
}
