/** The presets of cosmos.toml: read anew when the file has changed, saved into it and taken out of it. */
import { statSync } from 'node:fs';
import type { Config, NamedPreset, ResultOf } from '../../schemas/index.js';
import { parseConfig } from '../config.js';
import { readConfigText, writeConfigText } from '../config-text.js';
import { CosmosError } from '../errors.js';
import type { Logger } from '../log.js';
import { findPreset } from './find-preset.js';
import { presetAsText, withoutPreset, withPreset } from './preset-text.js';

export interface PresetsOptions {
  readonly file: string;
  /** As the daemon read them at its start. */
  readonly atStart: Config['preset'];
  readonly watches: () => readonly { readonly path: string; readonly preset: string | null }[];
  readonly log: Logger;
}

export class Presets {
  private known: Config['preset'];
  /** Signature of the file that they were read from; null = they were not read from a file. */
  private seen: string | null = null;

  constructor(private readonly options: PresetsOptions) {
    this.known = options.atStart;
  }

  /** @throws CosmosError config_invalid when the file cannot be read as it is now. */
  list(): NamedPreset[] {
    return Object.entries(this.now()).map(([name, values]) => ({ name, values }));
  }

  /** null = no name was given. @throws CosmosError not_found with near names, or config_invalid */
  find(name: string | undefined): NamedPreset | null {
    return name === undefined ? null : findPreset(this.now(), name);
  }

  /**
   * For automatic submissions: a file that is being edited must not stop a clip, so the last valid presets are used.
   * @throws CosmosError not_found with near names
   */
  findAlone(name: string | undefined): NamedPreset | null {
    return name === undefined ? null : findPreset(this.lastSound(), name);
  }

  /** Names of the presets, from the last valid state of the file. */
  names(): string[] {
    return Object.keys(this.lastSound());
  }

  /** @throws CosmosError wrong_state when the name is taken, config_invalid when the file cannot take it. */
  save(preset: NamedPreset, replace: boolean): ResultOf<'preset.save'> {
    const { file } = this.options;
    const written = readConfigText(file);
    const replaced = Object.hasOwn(parseConfig(written.text, file).preset, preset.name);
    if (replaced && !replace) throw isTaken(preset.name);
    const after = withPreset(written.text, preset, file);
    writeConfigText(written, after, `write the preset by hand:\n${presetAsText(preset)}`);
    return { preset, file, replaced };
  }

  /** @throws CosmosError not_found, wrong_state while a watched folder sends with it, or config_invalid */
  remove(name: string): void {
    const { file } = this.options;
    const written = readConfigText(file);
    const config = parseConfig(written.text, file);
    findPreset(config.preset, name);
    this.mustBeUnused(name, config.watch);
    writeConfigText(written, withoutPreset(written.text, name, file), `take the preset ${name} out by hand.`);
  }

  /** @param configured folders of the file, of which some may not be watched yet */
  private mustBeUnused(name: string, configured: Config['watch']): void {
    const users = [...this.options.watches(), ...configured].filter(({ preset }) => preset === name);
    const folders = [...new Set(users.map(({ path }) => path))];
    if (folders.length === 0) return;
    const message = `The preset "${name}" is what clips of ${folders.join(', ')} are sent with; give the folder another one first, or stop watching it.`;
    throw new CosmosError('wrong_state', message, { preset: name, folders });
  }

  private lastSound(): Config['preset'] {
    try {
      return this.now();
    } catch (error) {
      this.options.log.warn({ err: error }, 'cosmos.toml cannot be read as it is now; its presets stay what they were');
      return this.known;
    }
  }

  /** The presets of the file now. It is read again only when its signature has changed. */
  private now(): Config['preset'] {
    const { file } = this.options;
    const is = signature(file);
    if (is !== null && is === this.seen) return this.known;
    this.known = parseConfig(readConfigText(file).text, file).preset;
    this.seen = is;
    return this.known;
  }
}

/** Changes with the content; null = unknown, so the file is read. */
function signature(file: string): string | null {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return null;
  }
}

function isTaken(name: string): CosmosError {
  const message = `There is a preset "${name}" already; choose another name, or replace it.`;
  return new CosmosError('wrong_state', message, { preset: name });
}
