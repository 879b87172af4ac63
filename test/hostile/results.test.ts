/** Results in a folder that a neighbour may write to: written beside traps, swapped afterwards, asked for by URL. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { DaemonProcess, workspace } from '../support/daemon.js';
import { writeSequences } from '../support/passes.js';
import { sized } from './sized.js';

const SECRET = 'export KEY=of-the-user\n';

test.runIf(process.platform !== 'win32')(
  'nothing is written through a trap, and nothing swapped is served, follows or hangs',
  async () => {
    const space = workspace();
    const victim = path.join(space.folder, 'bashrc');
    writeFileSync(victim, SECRET);
    const folder = path.join(space.exports, 'gift');
    writeSequences(folder, { passes: ['color', 'depth'], last: 3, width: 32, height: 16 });
    symlinkSync(victim, path.join(folder, 'gift_preview.mp4'));
    symlinkSync(`${victim}.new`, path.join(folder, 'gift_preview_2.json'));
    execFileSync('mkfifo', [path.join(folder, 'gift_preview_3_sheet.png')]);
    execFileSync('mkfifo', [path.join(folder, 'gift_preview_7.json')]);
    mkdirSync(path.join(folder, 'gift_preview_4.mp4'));
    for (const name of ['gift_preview.json', 'gift_preview.mp4', 'gift_preview_5.json', 'gift_preview_5.mp4']) {
      symlinkSync(victim, path.join(folder, `.${name}.part`));
    }
    const client = await DaemonProcess.start(space).connect();
    await client.call('watch.add', { path: space.exports, settle: 0.3 });
    const clip = await vi.waitFor(
      async () => {
        const [found] = (await client.call('clip.list', {})).clips;
        if (found?.state !== 'ready') throw new Error(found?.reason ?? 'not listed');
        return found;
      },
      { interval: 100 },
    );
    const { jobs } = await client.call('job.submit', { targets: [clip.id], options: { prompt: 'rain' } });
    const id = jobs[0]?.id ?? '';
    const result = await vi.waitFor(
      async () => {
        const { job, result: found } = await client.call('job.get', { id });
        if (found === null) throw new Error(`${job.state} ${job.error?.message ?? job.reason}`);
        return found;
      },
      { interval: 100 },
    );

    expect(path.basename(result.video)).toBe('gift_preview_5.mp4');
    expect(path.basename(result.contactSheet ?? '')).toBe('gift_preview_5_sheet.png');
    expect(readFileSync(victim, 'utf8')).toBe(SECRET);
    expect(existsSync(`${victim}.new`)).toBe(false);
    expect(
      readdirSync(folder)
        .filter((name) => /^gift_preview_5/.test(name))
        .sort(),
    ).toEqual(['gift_preview_5.json', 'gift_preview_5.mp4', 'gift_preview_5_sheet.png'].sort());

    const media = await client.call('result.media', { job: id });
    const whole = await fetch(media.video);
    expect([whole.status, whole.headers.get('cross-origin-resource-policy')]).toEqual([200, 'same-origin']);
    expect((await whole.arrayBuffer()).byteLength).toBe(result.bytes);
    const swaps: ((file: string) => void)[] = [
      (file) => symlinkSync(victim, file),
      (file) => symlinkSync('/dev/zero', file),
      (file) => execFileSync('mkfifo', [file]),
      (file) => writeFileSync(file, Buffer.alloc(result.bytes)),
      (file) => mkdirSync(file),
    ];
    for (const [url, file] of [
      [media.video, result.video],
      [media.contactSheet ?? '', result.contactSheet ?? ''],
    ] as const) {
      for (const swap of swaps) {
        rmSync(file, { recursive: true, force: true });
        swap(file);
        const answers = await Promise.all(Array.from({ length: sized(8, 200) }, () => fetch(url)));
        expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 410));
        expect((await Promise.all(answers.map((one) => one.text()))).join('')).not.toContain('KEY');
      }
    }
    // Files are read as before: no thread waits for a pipe.
    expect((await client.call('clip.thumbnails', { clip: clip.id })).pictures.color).toMatch(/^data:image\/jpeg/);
  },
);
