/** What the screenshots show: a short day's work, with every state that a person has to know. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEMO_PASSES, encodePass } from '../../../daemon/demo/scene/png.js';
import { Scene } from '../../../daemon/demo/scene/scene.js';
import { Clip } from '../../../schemas/index.js';
import type { ScriptScene } from '../support/script-scene.js';

const SIZE = { width: 320, height: 180 };
const FRAMES = 4;
const PROMPT = 'A city block after an earthquake: broken facades, dust in low morning sun, handheld camera.';

/** A rented host that is not to be reached: what belongs to it waits, and says why. */
export const HOST = `
[[host]]
name = "h100"
ssh = "127.0.0.1:9"
root = "/home/artist/cosmos"
gpu = "H100 PCIe"
ownership = "rented"
price_per_hour = 2.49

[host.engine."transfer2.5"]
image = "cosmos-transfer2.5:latest"
`;

/** A control's name is misspelt, the chunk is as long as no model has it, and the depth is not where it should be. */
const BROKEN_SPEC = `{
  "name": "block_042",
  "prompt": "A city block after an earthquake, dust in low morning sun",
  "video_path": "block_042/color.mp4",
  "num_video_frames_per_chunk": 121,
  "depth": {
    "control_path": "block_042/depht.mp4",
    "control_wieght": 0.8
  },
  "edge": { "control_weight": 0.4 }
}
`;

/** Clips: two that are ready and one that misses a frame; and a spec. */
export function writeClips(exports: string): void {
  const [first] = ['block_042', 'alley_007'].map((name, index) => writeClip(path.join(exports, name), index + 1));
  cpSync(String(first), path.join(exports, 'bridge_013'), { recursive: true });
  rmSync(path.join(exports, 'bridge_013/depth.0003.png'));
  writeFileSync(path.join(exports, 'broken.cosmos.json'), BROKEN_SPEC);
  const good = BROKEN_SPEC.replace('wieght', 'weight')
    .replace('depht', 'depth')
    .replace(/.*per_chunk.*\n/, '');
  writeFileSync(path.join(exports, 'block_042.cosmos.json'), good);
}

function writeClip(folder: string, seed: number): string {
  const scene = new Scene({ ...SIZE, frames: FRAMES, seed });
  mkdirSync(folder);
  for (let frame = 1; frame <= FRAMES; frame++) {
    const passes = scene.render(frame);
    for (const pass of DEMO_PASSES) {
      const file = path.join(folder, `${pass}.${String(frame).padStart(4, '0')}.png`);
      writeFileSync(file, encodePass(pass, passes, SIZE.width, SIZE.height));
    }
  }
  return folder;
}

/** One result, one job that a person has to let go on, and some that wait. */
export function work(scene: ScriptScene): void {
  const submit = (...args: string[]) => scene.cosmos('submit', ...args);
  waitUntilSettled(scene);
  submit('block_042', '--prompt', PROMPT, '--seed', '7', '--wait');
  scene.cosmos('queue', 'pause');
  submit('block_042', '--engine', 'transfer2.5', '--host', 'h100');
  submit('block_042', '--prompt', PROMPT, '--sweep', 'seed=1,2,3');
}

/** A job whose prompt nobody has confirmed: it waits for a person, who is told. */
export function askPerson(scene: ScriptScene): void {
  scene.cosmos('submit', 'alley_007', '--engine', 'transfer2.5', '--host', 'h100');
}

/** Asking takes the command longer than a clip takes to settle. */
function waitUntilSettled(scene: ScriptScene): void {
  const isSettled = ({ state }: Clip) => state === 'ready' || state === 'incomplete';
  const clips = () => Clip.array().parse(JSON.parse(scene.cosmos('clip', 'ls', '--json')));
  while (!clips().every(isSettled));
}
