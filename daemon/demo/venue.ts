/** Describes where the run of a demo takes place: its host in cosmos.toml, and its files. */
import type { EngineName } from '../../schemas/index.js';
import { modelTitle } from '../../schemas/model-title.js';

export interface Venue {
  readonly engine: EngineName;
  /** The host that must take the run; undefined = this computer. */
  readonly host?: {
    readonly name: string;
    /** Folder that holds our runs on it, as it is seen from here. */
    readonly root: string;
    /** The [[host]] block of cosmos.toml. */
    readonly toml: string;
  };
}

export const THIS_COMPUTER: Venue = { engine: 'preview' };

/** The model as people call it; a preview is what it would be made with. */
export const MODELS = {
  preview: modelTitle('transfer2.5'),
  'transfer2.5': modelTitle('transfer2.5'),
  cosmos3: modelTitle('cosmos3'),
} as const satisfies Record<EngineName, string>;
