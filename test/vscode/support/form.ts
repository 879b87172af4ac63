/** The form of a spec, a clip or a job, as a person handles it. */
import type { FrameLocator, Locator } from 'playwright-core';

/** Takes the thumb of a slider from one share (0 to 1) of the way to another, with the mouse. */
export async function drag(slider: Locator, from: number, to: number): Promise<void> {
  const box = await slider.boundingBox();
  if (box === null) throw new Error('the slider is not to be seen');
  const thumb = 16; // its centre goes from half its width to half its width before the end
  const at = (share: number) => ({ x: thumb / 2 + share * (box.width - thumb), y: box.height / 2 });
  await slider.dragTo(slider, { sourcePosition: at(from), targetPosition: at(to) });
}

/** The rows move down while the verdict and its findings come in. */
export async function checked(webview: FrameLocator): Promise<void> {
  await webview.getByText('The check found').waitFor();
}
