/**
 * The schema that VS Code's JSON support uses for specs (contributes.jsonValidation). With a connection, the schema is
 * empty, because the daemon's check finds more and no finding may appear twice. Without a connection, the schema
 * checks.
 */
import { Disposable, EventEmitter, Uri } from 'vscode';
import { anyDialectSchema } from '../../../schemas/spec/any-dialect.js';
import type { Link } from '../link.js';
import { serveText } from '../shown/documents.js';

const SCHEMA = Uri.parse('cosmos-schema://bundled/spec');

export function serveSchema(link: Pick<Link, 'state' | 'onState'>): Disposable {
  const changes = new EventEmitter<Uri>();
  let silent = link.state.kind === 'connected';
  const stop = link.onState(({ kind }) => {
    if (silent === (kind === 'connected')) return;
    silent = !silent;
    changes.fire(SCHEMA);
  });
  const text = () => JSON.stringify(silent ? {} : anyDialectSchema());
  const provided = serveText(SCHEMA.scheme, text, changes.event);
  return Disposable.from(provided, changes, new Disposable(stop));
}
