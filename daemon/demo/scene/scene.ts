/** The scene of the demo, ready to be rendered frame by frame. */
import { cameraAt } from './camera.js';
import { buildCityBlock } from './city-block.js';
import { Lighting } from './light.js';
import { NoiseTile } from './noise.js';
import { type Passes, PassRenderer } from './passes.js';
import { Shader } from './shade.js';

export interface SceneOptions {
  readonly seed: number;
  readonly frames: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export class Scene {
  readonly triangles: number;
  private readonly renderer: PassRenderer;

  constructor(private readonly options: SceneOptions) {
    const mesh = buildCityBlock(options.seed);
    this.triangles = mesh.count;
    const shader = new Shader(mesh, new Lighting(mesh), new NoiseTile(options.seed));
    this.renderer = new PassRenderer(mesh, options.width, options.height, shader);
  }

  /** `frame` counts from 1. */
  render(frame: number): Passes {
    const t = (frame - 1) / Math.max(1, this.options.frames - 1);
    return this.renderer.render(cameraAt(t, this.options));
  }
}
