/**
 * The layers of an EXR file: channels that belong together by their names, "depth.Z" to "depth" ("Layers" in Technical
 * Introduction to OpenEXR; OpenEXR Multi-View). Renderers name them in many ways: the layer stands before the last
 * dot, or is the name of the part, or the channel is its own layer ("Pz"). Pure.
 */
import type { ExrChannel, ExrHeader, ExrPart } from './header.js';

export interface ExrLayer {
  /** As clips name it; "" = the picture itself. */
  readonly name: string;
  readonly part: number;
  /** Name of its part, as it is in the file. */
  readonly partName: string;
  /** "left" or "right" in stereo files; null where there is one view only. */
  readonly view: string | null;
  readonly channels: readonly LayerChannel[];
}

export interface LayerChannel {
  readonly channel: ExrChannel;
  /** What it is in its layer: "R" of "depth.R". */
  readonly component: string;
}

/** Which colour of a triple a component stands for. */
const COLORS: Readonly<Record<string, 0 | 1 | 2>> = {
  r: 0,
  red: 0,
  g: 1,
  grn: 1,
  green: 1,
  b: 2,
  blu: 2,
  blue: 2,
};
/** With these a bare channel belongs to the picture itself. */
const PICTURE = new Set([...Object.keys(COLORS), 'a', 'alpha', 'y', 'ry', 'by']);
/** Part names that only mean "the picture". */
const PLAIN_PART = /^(?:rgba?|main|beauty|default)?$/i;

export function colorOf(component: string): 0 | 1 | 2 | undefined {
  return COLORS[component.toLowerCase()];
}

export function isAlpha(component: string): boolean {
  return /^(?:a|alpha)$/i.test(component);
}

/** All layers in the order of the file. Of several views each has its own. */
export function allLayers({ parts, multiPart }: ExrHeader): ExrLayer[] {
  return parts.flatMap((part, index) => layersOf(part, index, multiPart));
}

/** One layer a name: of stereo pictures the left one, or else the first. */
export function layersIn(header: ExrHeader): ExrLayer[] {
  const byName = new Map<string, ExrLayer>();
  for (const layer of allLayers(header)) {
    const before = byName.get(layer.name);
    if (before === undefined || (layer.view === LEFT && before.view !== LEFT)) byName.set(layer.name, layer);
  }
  return [...byName.values()];
}

const LEFT = 'left';

/** Views of the file; fewer than two when it is not stereo. */
export function viewsOf({ parts }: ExrHeader): string[] {
  return [...new Set(parts.flatMap(({ view, multiView }) => [...(view === null ? [] : [view]), ...multiView]))];
}

function layersOf(part: ExrPart, index: number, multiPart: boolean): ExrLayer[] {
  const partName = withoutView(part.name, part.view);
  const bare = part.channels.filter(({ name }) => !name.includes('.')).map(({ name }) => name);
  const layers = new Map<string, ExrLayer & { channels: LayerChannel[] }>();
  for (const channel of part.channels) {
    const { name, view, component } = placeOf(channel.name, part, bare, multiPart ? partName : '');
    const key = `${view} ${name}`;
    const layer = layers.get(key) ?? { name, part: index, partName: part.name, view, channels: [] };
    layer.channels.push({ channel, component });
    layers.set(key, layer);
  }
  return [...layers.values()];
}

function placeOf(channel: string, part: ExrPart, bare: readonly string[], partName: string) {
  const words = channel.split('.');
  const component = words.pop() ?? '';
  const named = words.findIndex((word) => part.multiView.includes(word));
  const view = named < 0 ? (part.view ?? part.multiView[0] ?? null) : (words[named] ?? null);
  const layer = words.filter((_, i) => i !== named).join('.');
  return { view, component, name: layer === '' ? bareLayer(component, bare, partName) : layer };
}

/** The layer of a channel without a dot. */
function bareLayer(component: string, bare: readonly string[], partName: string): string {
  const isXyz = ['X', 'Y', 'Z'].every((name) => bare.includes(name));
  const isPicture = PICTURE.has(component.toLowerCase()) || (isXyz && /^[XYZ]$/.test(component));
  if (PLAIN_PART.test(partName)) return isPicture ? '' : component;
  // In a part with colours and other channels, each other channel is a layer of its own. Else the part is one layer.
  const colored = new Set(bare.map(colorOf).filter((color) => color !== undefined)).size === 3;
  return colored && !isPicture ? component : partName;
}

/** "rgba_left" of the view "left" -> "rgba". */
function withoutView(name: string, view: string | null): string {
  if (view === null || view === '') return name;
  const lower = name.toLowerCase();
  const word = view.toLowerCase();
  if (lower === word) return '';
  for (const separator of ['_', '.', '-', ' ']) {
    if (lower.endsWith(separator + word)) return name.slice(0, -word.length - 1);
    if (lower.startsWith(word + separator)) return name.slice(word.length + 1);
  }
  return name;
}
