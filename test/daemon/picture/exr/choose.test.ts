/** Which channels a pass is, by the many ways in which renderers name them. */
import { describe, expect, test } from 'vitest';
import { chooseChannels } from '../../../../daemon/picture/exr/choose.js';
import type { ExrChannel, ExrHeader, ExrPart } from '../../../../daemon/picture/exr/header.js';
import { wordReader } from '../../../../daemon/picture/pass-aliases.js';
import { Config, type PassName } from '../../../../schemas/index.js';

const passOf = wordReader(Config.parse({}).aliases);
const window = { x: 0, y: 0, width: 4, height: 4 };

function part(name: string, channels: string, more: Partial<ExrPart> = {}): ExrPart {
  const list = channels.split(' ').map((text): ExrChannel => {
    const [named = '', type = 'half'] = text.split(':');
    return { name: named, type: type as ExrChannel['type'], linear: false, xSampling: 1, ySampling: 1 };
  });
  const facts = { deep: false, tiles: null, chunkCount: 1, view: null, multiView: [], chromaticities: null };
  const rest = { displayWindow: window, dataWindow: window, compression: 'zip' as const, colorInteropId: null };
  return { name, channels: list, ...facts, ...rest, ...more };
}

function header(...parts: ExrPart[]): ExrHeader {
  return { parts, multiPart: parts.length > 1 || (parts[0]?.name ?? '') !== '', end: 0 };
}

const choose = (from: ExrHeader, pass: PassName, layer?: string) => chooseChannels(from, { pass, layer, passOf });

/** "2 R G B": the part and its channels. */
function chosen(from: ExrHeader, pass: PassName, layer?: string): string {
  const found = choose(from, pass, layer);
  return `${found.part} ${found.channels.join(' ')}`;
}

const karma = header(part('C', 'A B G R'), part('depth', 'Z:float'), part('primid', 'id:uint'), part('N', 'X Y Z'));
const blender = header(part('', 'View.Combined.A View.Combined.B View.Combined.G View.Combined.R View.Depth.Z:float'));
const mantra = header(part('', 'A B G R Pz:float P.x P.y P.z Op_Id:float'));
const stereo = header(
  part('rgba_right', 'A B G R', { view: 'right' }),
  part('depth_right', 'Z', { view: 'right' }),
  part('depth_left', 'Z', { view: 'left' }),
  part('rgba_left', 'A B G R', { view: 'left' }),
);
const stereoNames = header(part('', 'A B G R Z left.A left.B left.G left.R left.Z', { multiView: ['right', 'left'] }));

describe('without a word from anybody', () => {
  test.each<[string, ExrHeader, PassName, string]>([
    ['Karma: a part a pass', karma, 'color', '0 R G B'],
    ['Karma: a part a pass', karma, 'depth', '1 Z'],
    ['depth comes first', header(part('depth', 'Z'), part('rgba', 'A B G R')), 'color', '1 R G B'],
    ['Blender', blender, 'color', '0 View.Combined.R View.Combined.G View.Combined.B'],
    ['Blender', blender, 'depth', '0 View.Depth.Z'],
    ['Mantra', mantra, 'depth', '0 Pz'],
    ['lower case', header(part('', 'b g r')), 'color', '0 r g b'],
    ['whole words', header(part('', 'blue green red')), 'color', '0 red green blue'],
    ['a layer called rgba', header(part('', 'rgba.B rgba.G rgba.R')), 'color', '0 rgba.R rgba.G rgba.B'],
    ['RenderMan', header(part('', 'Ci.b Ci.g Ci.r a z')), 'depth', '0 z'],
    ['a lone channel', header(part('', 'V:float')), 'depth', '0 V'],
    ['depth with alpha', header(part('', 'A Z')), 'depth', '0 Z'],
    ['nothing but alpha', header(part('', 'A')), 'seg', '0 A'],
    ['three equal channels', header(part('', 'depth.B depth.G depth.R')), 'depth', '0 depth.R'],
    ['luminance', header(part('', 'A Y')), 'color', '0 Y'],
    ['ids', header(part('', 'B G R'), part('seg', 'id:uint')), 'seg', '1 id'],
    ['the left view of two', stereo, 'color', '3 R G B'],
    ['the left view of two', stereo, 'depth', '2 Z'],
    ['views in the names of channels', stereoNames, 'color', '0 left.R left.G left.B'],
    ['views in the names of channels', stereoNames, 'depth', '0 left.Z'],
    [
      'the first ids of a Cryptomatte',
      header(part('', 'crypto00.A crypto00.B crypto00.G crypto00.R crypto01.R')),
      'seg',
      '0 crypto00.R',
    ],
    ['CIE XYZ', header(part('', 'X Y Z')), 'color', '0 X Y Z'],
  ])('%s: %#', (_, from, pass, expected) => {
    expect(chosen(from, pass)).toBe(expected);
  });

  test('a picture of another name is taken where it is the only one, and told', () => {
    const { channels, notes } = choose(header(part('', 'albedo.B albedo.G albedo.R N.X N.Y N.Z')), 'color');
    expect(channels).toEqual(['albedo.R', 'albedo.G', 'albedo.B']);
    expect(notes).toEqual(['has no layer that is called like color: albedo is used']);
  });

  test('of two that may be meant neither is', () => {
    const two = header(part('', 'albedo.B albedo.G albedo.R glow.B glow.G glow.R'));
    expect(() => choose(two, 'color')).toThrow(
      'has no layer for the pass color; it has albedo, glow: name one in cosmos-clip.json (passes.color.layer)',
    );
  });

  test('normals are no depth', () => {
    expect(() => choose(header(part('C', 'B G R'), part('N', 'X Y Z')), 'depth')).toThrow(
      'has no layer for the pass depth',
    );
  });

  test('the view that is used is told', () => {
    expect(choose(stereo, 'depth').notes).toEqual(['is stereo: the left view is used']);
  });
});

describe('by a name', () => {
  test.each<[string, ExrHeader, PassName, string]>([
    ['C', karma, 'color', '0 R G B'],
    ['c', karma, 'color', '0 R G B'],
    ['DEPTH', karma, 'depth', '1 Z'],
    ['primid', karma, 'seg', '2 id'],
    ['Combined', blender, 'color', '0 View.Combined.R View.Combined.G View.Combined.B'],
    ['View.Depth.Z', blender, 'depth', '0 View.Depth.Z'],
    ['C', mantra, 'color', '0 R G B'],
    ['Pz', mantra, 'depth', '0 Pz'],
    ['depth_right', stereo, 'depth', '1 Z'],
    ['depth', stereo, 'depth', '2 Z'],
  ])('%s: %#', (layer, from, pass, expected) => {
    expect(chosen(from, pass, layer)).toBe(expected);
  });

  test('that is not there', () => {
    expect(() => choose(karma, 'seg', 'ids')).toThrow('has no layer ids; it has C, depth, primid, N');
  });
});

describe('refused', () => {
  test.each<[string, ExrHeader, string]>([
    ['chroma', header(part('', 'BY RY Y')), 'stores luminance and chroma, which is not read: write R, G and B'],
    [
      'mixed types',
      header(part('', 'B:uint G R')),
      'mixes whole numbers and floats in the layer the picture itself: write one type',
    ],
    [
      'vectors',
      header(part('', 'motion.u motion.v')),
      'has the channels motion.u, motion.v in the layer motion: none of them is R, G or B',
    ],
  ])('%s', (_, from, sentence) => {
    expect(() => choose(from, 'color')).toThrow(sentence);
  });
});
