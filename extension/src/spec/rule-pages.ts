/** The page behind the code of a finding: what the rule says, what the mistake would have cost, and the source. */
import * as l10n from '@vscode/l10n';
import { type Disposable, type Uri, Uri as Uris, workspace } from 'vscode';
import type { Dialect, Issue } from '../../../schemas/index.js';
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

export function ruleUri({ code }: Issue, engine: Dialect): Uri {
  return Uris.from({ scheme: SCHEME, path: `/${code}.md`, query: engine });
}

/** NVIDIA's own reader has no pages for its complaints. */
function ofReader(code: string): string {
  const about = l10n.t("NVIDIA's own reader of specs says this, and refuses the spec before any video is made.");
  return `### ${code}\n\n${about}\n`;
}
