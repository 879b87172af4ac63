/** Hosts for tests: taken down by vitest when the test or the file ends. */
import { afterAll, onTestFinished } from 'vitest';
import { GpuHost } from './gpu-host.js';
import type { GpuHostOptions } from './options.js';

/** A host of this test alone. */
export async function hostOfTest(options?: GpuHostOptions): Promise<GpuHost> {
  const host = await GpuHost.up(options);
  onTestFinished(() => host.down());
  return host;
}

/** A host that the tests of a file share; to be called at the top of the file, with `await`. */
export async function hostOfFile(options?: GpuHostOptions): Promise<GpuHost> {
  const host = await GpuHost.up(options);
  afterAll(() => host.down());
  return host;
}
