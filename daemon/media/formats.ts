/**
 * Every file ending of a picture or a movie, also of formats that we do not read. Those are known by name too, so that a
 * folder of them is listed with a remedy and not ignored.
 */

/** Pictures that are read, one frame a file. */
const IMAGES = ['png', 'exr', 'jpg', 'jpeg', 'tif', 'tiff', 'tga', 'webp', 'dpx'] as const;
/** Movies that are read. */
const MOVIES = ['mp4', 'mov', 'webm', 'avi', 'mkv'] as const;

const AS_IMAGES = 'export EXR or PNG';
const AS_MOVIE = 'export .mp4 or .mov, or an EXR or PNG sequence';

/**
 * Picture formats that we do not read, with the remedy. It lists those that renderers, compositing programs,
 * flipbooks, cameras and phones write. It leaves out files without a finished picture: volumes (.vdb), vectors
 * (.svg), profiles and look-up tables.
 */
const UNREAD_IMAGES: Readonly<Record<string, string>> = {
  // Houdini, Mantra and their relatives
  ...sameFor(AS_IMAGES, 'rat', 'pic', 'picnc', 'rta', 'rla', 'rpf', 'als', 'pix', 'qtl', 'yuv', 'dsm', 'dcm'),
  // older film and 3D formats
  ...sameFor(AS_IMAGES, 'hdr', 'rgbe', 'cin', 'sgi', 'rgb', 'rgba', 'bw', 'iff', 'sxr'),
  // textures: tiled for renderers, packed for games
  ...sameFor(AS_IMAGES, 'tx', 'ptx', 'ptex', 'ktx', 'ktx2', 'dds'),
  // painting, science, general
  ...sameFor(AS_IMAGES, 'psd', 'psb', 'xcf', 'kra', 'bmp', 'gif', 'pbm', 'pgm', 'ppm', 'pnm', 'pfm', 'fits', 'qoi'),
  // phones, cameras, the web
  ...sameFor(
    AS_IMAGES,
    'heic',
    'heif',
    'avif',
    'jp2',
    'j2k',
    'j2c',
    'jpx',
    'jxl',
    'jxr',
    'dng',
    'cr2',
    'cr3',
    'nef',
    'arw',
  ),
  ...sameFor('rename it to .jpg', 'jpe', 'jfif'),
};

/** Movies of cameras, broadcast and the web. Not ".ts": it is a program far more often than a transport stream. */
const UNREAD_MOVIES: Readonly<Record<string, string>> = {
  ...sameFor(AS_MOVIE, 'mxf', 'r3d', 'braw', 'ari', 'arx', 'crm', 'mpg', 'mpeg', 'm2v', 'mts', 'm2ts', 'vob'),
  ...sameFor(AS_MOVIE, 'wmv', 'asf', 'flv', 'f4v', 'ogv', 'ogm', '3gp', 'dv', 'y4m', 'h264', 'hevc', 'ivf'),
  ...sameFor('rename it to .mp4', 'm4v'),
};

/** A file that is known and not read. */
export interface UnreadFormat {
  readonly kind: 'image' | 'movie';
  /** What to do, as the end of a sentence: "export EXR or PNG". */
  readonly remedy: string;
}

/** Endings of readable pictures as alternatives of a regular expression; case is the caller's. */
export const IMAGE_ENDINGS = IMAGES.join('|');
export const MOVIE_ENDINGS = MOVIES.join('|');

const MOVIE = new RegExp(`.\\.(?:${MOVIE_ENDINGS})$`, 'i');
const IMAGE = new RegExp(`\\.(?:${IMAGE_ENDINGS})$`, 'i');

/** True for a movie that is read, by its name. */
export function isMovie(name: string): boolean {
  return MOVIE.test(name);
}

/** True for a picture that is read, by its name, numbered or not. */
export function isImage(name: string): boolean {
  return IMAGE.test(name);
}

/** True for any image or movie that is read. */
export function isMedia(name: string): boolean {
  return isMovie(name) || isImage(name);
}

/** The format of a picture or movie that we do not read; null for all other files. */
export function unreadFormat(name: string): UnreadFormat | null {
  const ending = /.\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const image = Object.hasOwn(UNREAD_IMAGES, ending) ? UNREAD_IMAGES[ending] : undefined;
  if (image !== undefined) return { kind: 'image', remedy: image };
  const movie = Object.hasOwn(UNREAD_MOVIES, ending) ? UNREAD_MOVIES[ending] : undefined;
  return movie === undefined ? null : { kind: 'movie', remedy: movie };
}

function sameFor(remedy: string, ...endings: string[]): Record<string, string> {
  return Object.fromEntries(endings.map((ending) => [ending, remedy]));
}
