/** Which layer of an EXR file a pass is, and which of its channels make the picture. Pure. */
import type { PassName } from '../../../schemas/index.js';
import { PictureError } from '../picture-error.js';
import type { ExrSelection } from './decode.js';
import type { ExrHeader, ExrPart } from './header.js';
import { allLayers, colorOf, type ExrLayer, isAlpha, type LayerChannel, layersIn, viewsOf } from './layers.js';

/** Which pass or layer to find. */
export interface Wish {
  readonly pass: PassName;
  /** From the manifest or the clip; undefined = not given. */
  readonly layer?: string;
  /** The pass that a single word stands for, by the aliases of the configuration. */
  readonly passOf: (word: string) => PassName | null;
}

export interface ChosenChannels extends ExrSelection {
  /** Red, green and blue, or one channel. */
  readonly kind: 'rgb' | 'gray';
  /** Whole numbers of 32 bits instead of floats. */
  readonly whole: boolean;
  /** The three channels are CIE X, Y and Z. */
  readonly xyz: boolean;
  /** Notes for the user, each as the rest of a sentence that starts with the file's name. */
  readonly notes: readonly string[];
}

/** @throws PictureError that names the layers of the file, and what to do. */
export function chooseChannels(header: ExrHeader, wish: Wish): ChosenChannels {
  const layer = wish.layer === undefined || wish.layer === '' ? guess(header, wish) : named(header, wish.layer, wish);
  const part = header.parts[layer.part];
  if (part === undefined) throw new Error('a layer has a part');
  const { channels, kind, xyz } = channelsOf(layer, wish.pass);
  const types = new Set(channels.map(({ channel }) => channel.type));
  if (types.has('uint') && types.size > 1) {
    throw new PictureError(`mixes whole numbers and floats in the layer ${shown(layer.name)}: write one type`);
  }
  return {
    part: layer.part,
    channels: channels.map(({ channel }) => channel.name),
    kind,
    whole: types.has('uint'),
    xyz,
    notes: notesOf(header, layer, part, wish),
  };
}

/** The pass that a layer stands for by its name; "" is the picture. */
export function passOfLayer(name: string, passOf: Wish['passOf']): PassName | null {
  if (name === '') return 'color';
  const words = [name, name.split('.').at(-1) ?? '', name.split(/[._]/).at(-1) ?? ''];
  return words.map(passOf).find((pass) => pass !== null) ?? null;
}

/** The names of the file's layers, for sentences. */
function layerNames(header: ExrHeader): string {
  return listed(layersIn(header).map(({ name }) => shown(name)));
}

/** Most names that a sentence lists; a render may have a hundred. */
const MOST_NAMES = 16;

function listed(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return rest > 1 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${rest} more` : names.join(', ');
}

function shown(name: string): string {
  return name === '' ? 'the picture itself' : name;
}

/** Finds a layer by its name in any common spelling: the closest match wins. */
function named(header: ExrHeader, wanted: string, wish: Wish): ExrLayer {
  const [layers, every] = [layersIn(header), allLayers(header)];
  const same = (a: string) => a.toLowerCase() === wanted.toLowerCase();
  const found =
    layers.find(({ name }) => name === wanted) ??
    every.find(({ partName }) => partName === wanted) ??
    layers.find(({ name }) => same(name)) ??
    every.find(({ partName }) => same(partName)) ??
    every.find(({ name, view }) => same(`${name}.${view}`) || same(`${view}.${name}`)) ??
    layers.find(({ name, channels }) => channels.some((one) => same(one.channel.name)) && name !== '') ??
    layers.find(({ name }) => same(name.split('.').at(-1) ?? '')) ??
    // "rgba", "C" or "beauty" of a file whose picture has no name at all.
    (wish.passOf(wanted) === 'color' ? layers.find(({ name }) => name === '') : undefined);
  if (found !== undefined) return found;
  throw new PictureError(`has no layer ${wanted}; it has ${layerNames(header)}`);
}

/** When no layer is named: the one with the name of the pass, else the picture, else the only layer. */
function guess(header: ExrHeader, { pass, passOf }: Wish): ExrLayer {
  const layers = layersIn(header).filter(({ channels }) => channels.length > 0);
  const own = layers.filter(({ name }) => passOfLayer(name, passOf) === pass);
  const usable = own.find((layer) => isUsable(layer, pass)) ?? own[0];
  if (usable !== undefined) return usable;
  const picture = layers.find(({ name }) => name === '');
  if (picture !== undefined) return picture;
  const others = layers.filter(({ name }) => passOfLayer(name, passOf) === null && !isCryptomatte(name));
  const fitting = others.filter((layer) => (pass === 'depth' ? isSingle(layer) : rgbOf(layer) !== undefined));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1 && (pass !== 'depth' || others.length === 1)) return only;
  if (layers.length === 1 && layers[0] !== undefined) return layers[0];
  const ids = layers.find(({ name }) => isCryptomatte(name) && /00$/.test(name));
  if (pass === 'seg' && ids !== undefined) return ids;
  throw new PictureError(
    `has no layer for the pass ${pass}; it has ${layerNames(header)}: name one in cosmos-clip.json (passes.${pass}.layer)`,
  );
}

function isSingle({ channels }: ExrLayer): boolean {
  return channels.filter(({ component }) => !isAlpha(component)).length === 1;
}

function isUsable(layer: ExrLayer, pass: PassName): boolean {
  try {
    channelsOf(layer, pass);
    return true;
  } catch (error) {
    if (error instanceof PictureError) return false;
    throw error;
  }
}

/** Ranked pairs of id and coverage, four channels a layer: "CryptoObject00" (Cryptomatte specification 1.2.1). */
function isCryptomatte(name: string): boolean {
  return /crypto\w*$/i.test(name);
}

interface Channels {
  readonly channels: readonly LayerChannel[];
  readonly kind: 'rgb' | 'gray';
  readonly xyz: boolean;
}

/** Components that hold the values of a pass where a layer has several channels, the likeliest first. */
const LIKELY: Readonly<Record<PassName, readonly string[]>> = {
  color: [],
  depth: ['z', 'depth', 'pz', 'v'],
  seg: ['id'],
  edge: [],
  vis: [],
};

function channelsOf(layer: ExrLayer, pass: PassName): Channels {
  const { channels, name } = layer;
  if (channels.some(({ component }) => /^(?:ry|by)$/i.test(component))) {
    throw new PictureError('stores luminance and chroma, which is not read: write R, G and B');
  }
  const rgb = rgbOf(layer);
  if (rgb !== undefined) {
    // Three equal channels, or the first of the two numbers of a Cryptomatte pair.
    const one = pass === 'depth' || (pass === 'seg' && isCryptomatte(name) && /\d\d$/.test(name));
    return one ? { channels: rgb.slice(0, 1), kind: 'gray', xyz: false } : { channels: rgb, kind: 'rgb', xyz: false };
  }
  const xyz = name === '' && pass !== 'depth' ? xyzOf(layer) : undefined;
  if (xyz !== undefined) return { channels: xyz, kind: 'rgb', xyz: true };
  const solid = channels.filter(({ component }) => !isAlpha(component));
  const likely = LIKELY[pass]
    .map((word) => solid.find(({ component }) => component.toLowerCase() === word))
    .find((found) => found !== undefined);
  const single = likely ?? (solid.length === 1 ? solid[0] : solid.length === 0 ? channels[0] : undefined);
  if (single !== undefined) return { channels: [single], kind: 'gray', xyz: false };
  const found = listed(channels.map(({ channel }) => channel.name));
  throw new PictureError(`has the channels ${found} in the layer ${shown(name)}: none of them is R, G or B`);
}

function rgbOf({ channels }: ExrLayer): readonly LayerChannel[] | undefined {
  const colors = ([0, 1, 2] as const).map((wanted) => channels.find(({ component }) => colorOf(component) === wanted));
  return colors.every((one) => one !== undefined) ? colors : undefined;
}

function xyzOf({ channels }: ExrLayer): readonly LayerChannel[] | undefined {
  const found = ['X', 'Y', 'Z'].map((name) => channels.find(({ component }) => component === name));
  return found.every((one) => one !== undefined) ? found : undefined;
}

function notesOf(header: ExrHeader, layer: ExrLayer, part: ExrPart, { pass, layer: named, passOf }: Wish): string[] {
  const views = viewsOf(header);
  const stereo = views.length > 1 && layer.view !== null ? [`is stereo: the ${layer.view} view is used`] : [];
  const sampled = part.channels.some(({ xSampling, ySampling }) => xSampling > 1 || ySampling > 1);
  const guessed = named === undefined && layer.name !== '' && passOfLayer(layer.name, passOf) !== pass;
  return [
    ...stereo,
    ...(guessed ? [`has no layer that is called like ${pass}: ${layer.name} is used`] : []),
    ...(sampled ? ['has sub-sampled channels: their samples are repeated'] : []),
  ];
}
