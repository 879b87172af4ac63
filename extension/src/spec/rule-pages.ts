/** The page that the code of a finding links to: the rule, the cost of the mistake, and the source. */
import * as l10n from '@vscode/l10n';
import { type Disposable, type Uri, Uri as Uris, workspace } from 'vscode';
import type { Issue } from '../../../schemas/received.js';
import { isDialect } from '../../../schemas/spec/dialect.js';
import { serveText } from '../shown/documents.js';
import { rulePage } from './rules.js';

const SCHEME = 'cosmos-rule';

export function rulePages(extension: Uri): Disposable {
  const file = Uris.joinPath(extension, 'dist', 'SPEC-RULES.md');
  return serveText(SCHEME, async ({ path, query }) => {
    const code = path.slice(1).replace(/\.md$/, '');
    const rules = new TextDecoder().decode(await workspace.fs.readFile(file));
    return (isDialect(query) ? rulePage(rules, code, query) : undefined) ?? ofReader(code);
  });
}

export function ruleUri({ code }: Issue, engine: string): Uri {
  return Uris.from({ scheme: SCHEME, path: `/${code}.md`, query: engine });
}

/** NVIDIA's validator has no pages for its errors. This says what their names mean. */
function ofReader(code: string): string {
  const means = Object.hasOwn(MEANINGS, code) ? MEANINGS[code]?.() : undefined;
  const about = l10n.t(
    "This is the name that NVIDIA's code gives to the mistake. It refuses such a spec before any video is made.",
  );
  return `### ${code}\n\n${means === undefined ? '' : `${means}\n\n`}${about}\n`;
}

const wrongKind = () =>
  l10n.t('The value is of another kind than the field takes: a text for a number, a list for a text.');
const beyond = () => l10n.t('The number is outside of the range that the field takes.');
const notListed = () => l10n.t('The value is none of those that the field takes.');
const noFile = () => l10n.t('The field names a file that is not there, or that is a folder.');
const unreadable = () => l10n.t('The text of the file cannot be read as a spec.');

/** The first sentence of the page for each name. The finding says what is wrong in this spec. */
const MEANINGS: Readonly<Record<string, () => string>> = {
  missing: () => l10n.t('A field that every spec must have is not there.'),
  extra_forbidden: () => l10n.t('A spec may hold known fields only, and this key is none of them.'),
  ...{ less_than_equal: beyond, greater_than_equal: beyond, greater_than: beyond, int_parsing_size: beyond },
  ...{ literal_error: notListed, enum: notListed, too_long: notListed },
  ...{ int_type: wrongKind, float_type: wrongKind, string_type: wrongKind, bool_type: wrongKind, list_type: wrongKind },
  ...{ int_parsing: wrongKind, float_parsing: wrongKind, bool_parsing: wrongKind, int_from_float: wrongKind },
  ...{ model_type: wrongKind, dict_type: wrongKind, tuple_type: wrongKind, path_type: wrongKind, TypeError: wrongKind },
  ...{ path_not_file: noFile, FileNotFoundError: noFile, IsADirectoryError: noFile, OSError: noFile },
  ...{ JSONDecodeError: unreadable, YAMLError: unreadable, RecursionError: unreadable },
  value_error: () => l10n.t('Fields that do not go together stand in one spec, or one that is needed is not there.'),
  ValueError: () => l10n.t('The spec is refused only after the model is loaded, which takes minutes.'),
};
