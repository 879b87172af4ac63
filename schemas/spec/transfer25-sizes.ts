/** Shapes and sizes that transfer2.5 works at. Pure. */

/** In the order in which a tie is decided (_src/transfer2/inference/utils.py:175-183). */
const SHAPES = [
  { name: '16:9', ratio: 16 / 9 },
  { name: '4:3', ratio: 4 / 3 },
  { name: '1:1', ratio: 1 },
  { name: '3:4', ratio: 3 / 4 },
  { name: '9:16', ratio: 9 / 16 },
] as const;

export type Transfer25Shape = (typeof SHAPES)[number];
type Size = readonly [width: number, height: number];

/** The shape that transfer2.5 works at for a picture of this size. */
export function nearestShape({ width, height }: { width: number; height: number }): Transfer25Shape {
  const distance = ({ ratio }: Transfer25Shape): number => (ratio - width / height) ** 2;
  return SHAPES.reduce((best, shape) => (distance(shape) < distance(best) ? shape : best));
}

/** VIDEO_RES_SIZE_INFO (cosmos_transfer2/_src/predict2/datasets/utils.py:44-67): pixels by resolution and shape. */
const SIZES: Readonly<Record<string, Readonly<Record<Transfer25Shape['name'], Size>>>> = {
  '256': { '1:1': [256, 256], '4:3': [320, 256], '3:4': [256, 320], '16:9': [320, 192], '9:16': [192, 320] },
  '480': { '1:1': [480, 480], '4:3': [640, 480], '3:4': [480, 640], '16:9': [768, 432], '9:16': [432, 768] },
  '480p': { '1:1': [640, 640], '4:3': [640, 480], '3:4': [480, 640], '16:9': [832, 480], '9:16': [480, 832] },
  '512': { '1:1': [512, 512], '4:3': [640, 512], '3:4': [512, 640], '16:9': [640, 384], '9:16': [384, 640] },
  '720': { '1:1': [960, 960], '4:3': [960, 704], '3:4': [704, 960], '16:9': [1280, 704], '9:16': [704, 1280] },
  '720p': { '1:1': [960, 960], '4:3': [960, 720], '3:4': [720, 960], '16:9': [1280, 720], '9:16': [720, 1280] },
  '720robocasa': { '1:1': [720, 720], '4:3': [960, 720], '3:4': [720, 960], '16:9': [1280, 720], '9:16': [720, 1280] },
  '1024': { '1:1': [1024, 1024], '4:3': [1280, 1024], '3:4': [1024, 1280], '16:9': [1280, 768], '9:16': [768, 1280] },
  '1080': { '1:1': [1024, 1024], '4:3': [1440, 1056], '3:4': [1056, 1440], '16:9': [1920, 1056], '9:16': [1056, 1920] },
};

/** The size at which a picture is worked on; undefined for a resolution that is not in the table. */
export function transfer25Size(resolution: string, picture: { width: number; height: number }): Size | undefined {
  return SIZES[resolution]?.[nearestShape(picture).name];
}
