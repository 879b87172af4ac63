import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findMediaTools } from '../../../daemon/media/tools.js';
import { oldMediaTools } from '../../support/encoder.js';
import { tempDir } from '../../support/tmp.js';

/** A real ffmpeg and ffprobe by absolute path, wherever the test machine has them. */
async function packagedTools(): Promise<{ ffmpeg: string; ffprobe: string }> {
  const { ffmpeg, ffprobe } = await oldMediaTools();
  return { ffmpeg, ffprobe };
}

/** A folder with the tools under the names that `rename` gives. */
async function folderOfTools(rename: (tool: string) => string): Promise<string> {
  const folder = tempDir();
  mkdirSync(path.join(folder, 'bin'));
  for (const [tool, file] of Object.entries(await packagedTools())) {
    symlinkSync(file, path.join(folder, 'bin', rename(tool)));
  }
  return folder;
}

describe('findMediaTools', () => {
  beforeEach(() => {
    vi.stubEnv('PATH', '');
    vi.stubEnv('HFS', undefined);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('takes what is configured, and nothing else when that does not run', async () => {
    const configured = await packagedTools();
    expect(await findMediaTools(configured)).toMatchObject(configured);
    await expect(findMediaTools({ ...configured, ffprobe: '/no/ffprobe' })).rejects.toMatchObject({
      code: 'media_tool_missing',
      message: expect.stringMatching(/^daemon\.ffprobe is \/no\/ffprobe, which does not run\. Install ffmpeg/),
    });
  });

  it("prefers PATH, then Houdini's own, then the npm packages", async () => {
    const packaged = await packagedTools();
    expect(await findMediaTools()).toMatchObject(packaged);

    const houdini = await folderOfTools((tool) => `h${tool}`);
    vi.stubEnv('HFS', houdini);
    expect(await findMediaTools()).toMatchObject({
      ffmpeg: path.join(houdini, 'bin', 'hffmpeg'),
      ffprobe: path.join(houdini, 'bin', 'hffprobe'),
    });

    vi.stubEnv('PATH', path.join(await folderOfTools((tool) => tool), 'bin'));
    expect(await findMediaTools()).toMatchObject({ ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' });
  });

  it('refuses a release that is too old, naming it', async () => {
    const { ffprobe } = await packagedTools();
    const ffmpeg = path.join(tempDir(), 'ffmpeg');
    writeFileSync(ffmpeg, '#!/bin/sh\necho "ffmpeg version 3.4.2 Copyright (c) 2000-2018"\n', { mode: 0o755 });
    await expect(findMediaTools({ ffmpeg, ffprobe })).rejects.toMatchObject({
      code: 'media_tool_missing',
      message: expect.stringContaining(`${ffmpeg} is ffmpeg 3.4; 4.1 is needed.`),
    });
  });
});
