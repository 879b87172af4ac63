/** ffmpeg and ffprobe, as the daemon would find them. */
import { CosmosError } from '../../errors.js';
import { findMediaTools } from '../../media/tools.js';
import type { Finding } from './finding.js';

export async function checkMedia(configured: { ffmpeg?: string; ffprobe?: string }): Promise<Finding[]> {
  try {
    const tools = await findMediaTools(configured);
    const version = tools.version ?? 'development build';
    return [
      { name: 'ffmpeg', level: 'ok', message: `${version}  ${tools.ffmpeg}` },
      { name: 'ffprobe', level: 'ok', message: tools.ffprobe },
      floatExr(tools.floatExr),
    ];
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    const [message = '', ...remedy] = error.message.split(/(?<=\.) (?=Install)/);
    return [{ name: 'ffmpeg', level: 'fail', message, remedy: remedy.join(' ') }];
  }
}

function floatExr(readable: boolean): Finding {
  if (readable) return { name: 'EXR', level: 'ok', message: 'float EXR is read unclipped' };
  const remedy = 'Install ffmpeg 5.0 or newer, or render PNG.';
  return { name: 'EXR', level: 'warn', message: 'this ffmpeg does not read float EXR', remedy };
}
