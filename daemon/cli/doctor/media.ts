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
    ];
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    const [message = '', ...remedy] = error.message.split(/(?<=\.) (?=Install)/);
    return [{ name: 'ffmpeg', level: 'fail', message, remedy: remedy.join(' ') }];
  }
}
