/** Before all tests of the project: what they load is made from the sources as they are now. */
import { bundleExtension, bundleHostTests } from './support/bundle.js';

export default async function setup(): Promise<void> {
  bundleExtension();
  await bundleHostTests();
}
