import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { extensionFolder } from './paths.js';

/** A folder of extensions that VS Code sees for the first time takes every link in it for an installed one. */
export function linkExtension(home: string): void {
  const { publisher, name, version } = JSON.parse(readFileSync(path.join(extensionFolder, 'package.json'), 'utf8'));
  mkdirSync(path.join(home, 'ext'), { recursive: true });
  symlinkSync(extensionFolder, path.join(home, 'ext', `${publisher}.${name}-${version}`));
}
