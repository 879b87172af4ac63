/** The presets of cosmos.toml: read anew when the file has changed, saved into it and taken out of it. */
import { type BigIntStats, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
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
  private seen: string | undefined;

  constructor(private readonly options: PresetsOptions) {
    this.known = options.atStart;
  }

  /** @throws CosmosError config_invalid when the file cannot be read as it is now. */
  list(): NamedPreset[] {
    return Object.entries(this.now()).map(([name, values]) => ({ name, values }));
  }

  /** null = none is asked for. @throws CosmosError not_found with near names, or config_invalid */
  find(name: string | undefined): NamedPreset | null {
    return name === undefined ? null : findPreset(this.now(), name);
  }

  /**
   * For what is sent with nobody there: a file that is being edited does not keep a clip from being sent.
   * @throws CosmosError not_found with near names
   */
  findAlone(name: string | undefined): NamedPreset | null {
    return name === undefined ? null : findPreset(this.lastSound(), name);
  }

  /** Names, of the file as it was when it could last be read. */
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
    mkdirSync(path.dirname(file), { recursive: true });
    writeConfigText(written, after, `write the preset by hand:\n${presetAsText(preset)}`);
    return { preset, file, replaced };
  }

  /** @throws CosmosError not_found, wrong_state while a watched folder sends with it, or config_invalid */
  remove(name: string): void {
    const { file } = this.options;
    const written = readConfigText(file);
    findPreset(parseConfig(written.text, file).preset, name);
    this.mustBeUnused(name);
    writeConfigText(written, withoutPreset(written.text, name, file), `take the preset ${name} out by hand.`);
  }

  private mustBeUnused(name: string): void {
    const users = this.options.watches().filter(({ preset }) => preset === name);
    if (users.length === 0) return;
    const folders = users.map(({ path: folder }) => folder);
    const message = `The preset "${name}" is used by ${folders.join(', ')}, whose clips are sent with it; give the folder another preset first.`;
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

  /** Of the file as it is now. It is read anew only when it is another one than before. */
  private now(): Config['preset'] {
    const { file } = this.options;
    const is = signature(file);
    if (is === this.seen) return this.known;
    this.known = parseConfig(readConfigText(file).text, file).preset;
    this.seen = is;
    return this.known;
  }
}

/** Another one for another content; undefined = it cannot be told, so it is read. */
function signature(file: string): string | undefined {
  const stats: BigIntStats | undefined = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? undefined : [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(' ');
}

function isTaken(name: string): CosmosError {
  const message = `There is a preset "${name}" already; choose another name, or replace it.`;
  return new CosmosError('wrong_state', message, { preset: name });
}
