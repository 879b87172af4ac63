/** Makes the folders of one demo, and the configuration that its daemon reads. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CosmosError } from '../errors.js';
import { StateDir } from '../state-dir.js';
import { THIS_COMPUTER, type Venue } from './venue.js';

export const CLIP_NAME = 'city_block';
/** Frames per second that the watched folder assumes for its sequences. */
export const FPS = 24;

const PROMPT =
  'A ruined city street at dusk after an earthquake. Broken brick and stone apartment houses with fire escapes and ' +
  'shattered windows line both sides, heaps of rubble and wrecked cars lie on a cracked road. Low warm sunlight ' +
  'falls through a gap between the houses, dust hangs in the air, a faint fire glows behind a window. The camera ' +
  'glides slowly forward at street level. Photorealistic, cinematic, natural textures, fine detail.';

export class Workspace {
  readonly stateDir: StateDir;
  private venue: Venue = THIS_COMPUTER;

  private constructor(
    readonly root: string,
    private readonly keepsAll: boolean,
  ) {
    this.stateDir = new StateDir(this.at('state'));
  }

  /**
   * A fresh folder below the system's temporary folder, or `keep`, where everything then stays.
   * @throws CosmosError usage when `keep` holds something already
   */
  static create(keep?: string): Workspace {
    if (keep === undefined) return new Workspace(realpathSync(mkdtempSync(path.join(tmpdir(), 'cosmos-demo-'))), false);
    const root = path.resolve(keep);
    if (existsSync(root) && readdirSync(root).length > 0) {
      throw new CosmosError('usage', `The folder ${root} is not empty; name a new one with --keep.`, { folder: root });
    }
    mkdirSync(root, { recursive: true });
    return new Workspace(realpathSync(root), true);
  }

  /** The watched folder. */
  get exports(): string {
    return this.at('export');
  }
  get clip(): string {
    return path.join(this.exports, CLIP_NAME);
  }
  get results(): string {
    return this.at('results');
  }
  get config(): string {
    return this.at('cosmos.toml');
  }

  /** Home folder of a daemon that reaches another host: it has an .ssh of its own. */
  get home(): string {
    return this.at('home');
  }
  /** What the daemon gets beside the variables of this process. */
  get env(): Readonly<Record<string, string>> {
    return this.venue.host === undefined ? {} : { HOME: this.home };
  }

  /** The log as the run itself writes it on its host: grows whether a daemon lives or not. */
  runLog(run: string): string {
    return path.join(this.runFolder(run), 'log');
  }

  /** Writes cosmos.toml and makes the watched folder. JSON strings are valid TOML strings, backslashes included. */
  prepare(venue: Venue = THIS_COMPUTER): void {
    this.venue = venue;
    const { engine, host } = venue;
    const seat = host === undefined ? '' : `host = ${JSON.stringify(host.name)}\n`;
    mkdirSync(this.exports, { recursive: true });
    const text = `# Written by "cosmos demo".
[[watch]]
path = ${JSON.stringify(this.exports)}
settle = 1
auto_send = true
preset = "demo"
fps = ${FPS}

[results]
folder = ${JSON.stringify(this.results)}

[preset.demo]
engine = "${engine}"
${seat}seed = 7
prompt = ${JSON.stringify(PROMPT)}
weights = { edge = 0.4, depth = 0.4, seg = 0.2 }
${host?.toml ?? ''}`;
    writeFileSync(this.config, text);
  }

  /** Copies the spec of a job, exactly as its run read it, and the inputs it names; gives the path of the spec. */
  saveSpec(run: string, job: string): string {
    const source = path.join(this.runFolder(run), 'specs', job);
    const target = this.at('spec');
    cpSync(source, target, { recursive: true });
    const file = readdirSync(target).find((name) => name.endsWith('.json'));
    if (file === undefined) throw new CosmosError('not_found', `The run ${run} has no spec in ${source}.`, { run });
    return path.join(target, file);
  }

  /** Deletes everything except the result; everything when there is none. */
  cleanUp(hasResult: boolean): void {
    if (this.keepsAll) return;
    const rest = hasResult ? [this.stateDir.root, this.config, this.home] : [this.root];
    for (const thing of rest) rmSync(thing, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  /** Every host keeps each run in a folder of its own below its root. */
  private runFolder(run: string): string {
    return path.join(this.venue.host?.root ?? this.stateDir.localHost, 'runs', run);
  }

  private at(name: string): string {
    return path.join(this.root, name);
  }
}
