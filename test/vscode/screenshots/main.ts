/** npm run screenshots: the extension, light, dark and in high contrast, into docs/screenshots/vscode/. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Browser } from '../support/browser.js';
import { bundleExtension } from '../support/bundle.js';
import { CodeServer } from '../support/code-server.js';
import { linkExtension } from '../support/link-extension.js';
import { root } from '../support/paths.js';
import { ScriptScene } from '../support/script-scene.js';
import { Workbench } from '../support/workbench.js';
import { PICTURES } from './pictures.js';
import { HOST, work, writeClips } from './scene.js';

/** File name part, the theme, and the class by which the window tells that it is on. */
const THEMES = [
  { name: 'light', theme: 'Light Modern', mark: 'vs' },
  { name: 'dark', theme: 'Dark Modern', mark: 'vs-dark' },
  { name: 'contrast', theme: 'Default High Contrast', mark: 'hc-black' },
] as const;
type Theme = (typeof THEMES)[number];

const SIZE = { width: 1280, height: 960 };
/** Pixels from the left to its right edge. */
const SIDE_BAR = 560;
/** A window has few colours; with so many a PNG takes a third of the bytes and looks the same. */
const COLORS = 128;
const folder = path.join(root, 'docs/screenshots/vscode');

/** A window of its own: what was open in the theme before is not there. */
async function takeTheme(scene: ScriptScene, theme: Theme): Promise<void> {
  const home = path.join(scene.folder, 'home');
  linkExtension(home);
  const settings = { 'workbench.colorTheme': theme.theme, 'window.autoDetectHighContrast': false };
  const server = await CodeServer.start({ home, env: scene.env, settings });
  const browser = await Browser.start(path.join(scene.folder, 'profile'), SIZE);
  try {
    const workbench = new Workbench(await browser.newPage(), server.url);
    await workbench.open({ folder: scene.exports });
    await takePictures(workbench, scene, theme);
  } finally {
    await browser.close();
    await server.close();
  }
}

async function takePictures(workbench: Workbench, scene: ScriptScene, { name, mark }: Theme): Promise<void> {
  await workbench.page.locator(`.monaco-workbench.${mark}`).waitFor();
  await workbench.activity('Cosmos Bridge').click();
  await widenSideBar(workbench);
  for (const { name: picture, show } of PICTURES) {
    await show(workbench, scene);
    await workbench.page.mouse.move(0, 0); // away from what was clicked, which has a tooltip
    await workbench.page.locator('.workbench-hover').first().waitFor({ state: 'hidden' });
    await workbench.page.getByText('Activating Extensions...').waitFor({ state: 'hidden' });
    await take(workbench, path.join(folder, `${picture}-${name}.png`));
  }
}

async function take({ page }: Workbench, file: string): Promise<void> {
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  const palette = `split[a][b];[a]palettegen=max_colors=${COLORS}[p];[b][p]paletteuse=dither=none`;
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'png_pipe', '-i', '-', '-vf', palette, file], { input: png });
  console.log(path.relative(root, file));
}

/** So that the rows can be read to their end. */
async function widenSideBar({ page }: Workbench): Promise<void> {
  const bar = await page.locator('.part.sidebar').boundingBox();
  if (bar === null) throw new Error('there is no side bar');
  await page.mouse.move(bar.x + bar.width, SIZE.height / 2);
  await page.mouse.down();
  await page.mouse.move(SIDE_BAR, SIZE.height / 2, { steps: 4 });
  await page.mouse.up();
}

bundleExtension();
mkdirSync(folder, { recursive: true });
for (const theme of THEMES) {
  await ScriptScene.with(
    writeClips,
    async (scene) => {
      work(scene);
      await takeTheme(scene, theme);
    },
    HOST,
  );
}
