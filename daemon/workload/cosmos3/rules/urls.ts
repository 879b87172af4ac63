/** Inputs given as addresses, which the host downloads. */
import { COSMOS3_HINTS } from '../../../../schemas/spec/cosmos3.js';
import { isUrl, suffixOf } from '../../../../schemas/spec/paths.js';
import type { SpecPath } from '../../../../schemas/spec/pydantic.js';
import type { Cosmos3Sample, Finding, Rule } from '../../dialects/rules/rule.js';
import { inWords, transferRule } from './transfer-rule.js';

interface Fetched {
  readonly path: SpecPath;
  readonly url: string;
}

function controlUrls({ spec }: Cosmos3Sample): (Fetched & { hint: string })[] {
  return COSMOS3_HINTS.flatMap((hint) => {
    const url = spec[hint]?.control_path ?? null;
    return url === null || !isUrl(url) ? [] : [{ hint, path: [hint, 'control_path'], url }];
  });
}

/** The suffix of the file that an address names, without what is asked of it ("?v=2"). */
function suffixOfUrl(url: string): string {
  return suffixOf(url.replace(/[?#].*$/, ''));
}

/** Tried with edge=e.mp4 and depth=d.mp4: both read d.mp4. */
const collide = transferRule({
  code: 'control_urls_collide',
  severity: 'error',
  says: 'Controls that are given as addresses are all saved under one name, and the last one is read for each.',
  costs: {
    kind: 'silent change',
    text: 'Shows in the finished video at best: one control is used in the place of another.',
  },
  source: 'cosmos-framework inference/args.py:203-206, 283-285',
  check: (sample) => {
    const urls = controlUrls(sample);
    return urls.flatMap((one, index): Finding[] => {
      const suffix = suffixOfUrl(one.url);
      const later = urls.slice(index + 1).findLast(({ url }) => suffixOfUrl(url) === suffix && url !== one.url);
      if (later === undefined) return [];
      const message = `${inWords([one.hint, later.hint])} are both addresses and are saved as transfer_control${suffix}: ${one.hint} would read ${later.hint}`;
      return [{ path: one.path, message, fix: `Download ${one.hint} and name the file instead.` }];
    });
  },
});

const fetched = transferRule({
  code: 'fetched_by_host',
  severity: 'info',
  says: 'An input given as an address is fetched by the host when the run starts, and is not looked at here.',
  costs: { kind: 'late failure', text: 'An address that does not answer shows on the host, after up to six attempts.' },
  source: 'cosmos-framework inference/common/args.py:203-206, 272-279',
  check: (sample) => {
    const { vision_path: vision } = sample.spec;
    const colour: Fetched[] = vision !== null && isUrl(vision) ? [{ path: ['vision_path'], url: vision }] : [];
    return [...colour, ...controlUrls(sample)].map(({ path }) => {
      const named = path.join('.');
      return {
        path,
        message: `${named} is an address: the host fetches it when the run starts, and it is not checked here`,
        fix: 'Download the file and name it here to have it checked.',
      };
    });
  },
});

export const URL_RULES: readonly Rule[] = [collide, fetched];
