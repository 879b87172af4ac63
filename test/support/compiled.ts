/** A source file of the daemon as something that `node` can run, whatever state dist/ is in. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Below node_modules, so that the compiled files find the same libraries. */
const cache = path.join(root, 'node_modules', '.cache', 'cosmos-compiled');

/** Absolute path of the compiled `entry` ("daemon/host/wrapper/main.ts") with all files that it imports. */
export function compiled(entry: string): string {
  const sources = collect(entry, new Map());
  const hash = createHash('sha256')
    .update(JSON.stringify([...sources]))
    .digest('hex')
    .slice(0, 16);
  const folder = path.join(cache, hash);
  if (!existsSync(folder)) emit(sources, folder);
  return path.join(folder, entry.replace(/\.ts$/, '.js'));
}

function collect(file: string, found: Map<string, string>): Map<string, string> {
  if (found.has(file)) return found;
  const text = readFileSync(path.join(root, file), 'utf8');
  found.set(file, text);
  for (const { fileName } of ts.preProcessFile(text).importedFiles) {
    if (fileName.startsWith('.')) collect(path.join(path.dirname(file), fileName.replace(/\.js$/, '.ts')), found);
  }
  return found;
}

function emit(sources: Map<string, string>, folder: string): void {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  writeFileSync(path.join(draft, 'package.json'), '{"type":"module"}');
  const compilerOptions = { module: ts.ModuleKind.ES2022, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };
  for (const [file, text] of sources) {
    const target = path.join(draft, file.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, ts.transpileModule(text, { compilerOptions }).outputText);
  }
  try {
    renameSync(draft, folder);
  } catch {
    // Another worker of the same test run was faster; its files are the same.
  }
}
