/** What RemoteStore promises, over any Remote. */
import { ensureSuite } from './remote-store/ensure.js';
import { fetchSuite } from './remote-store/fetch.js';
import { placeSuite } from './remote-store/place.js';
import { pruneSuite } from './remote-store/prune.js';
import type { CreateStore } from './remote-store/world.js';

export function remoteStoreSuite(create: CreateStore): void {
  for (const suite of [ensureSuite, placeSuite, fetchSuite, pruneSuite]) suite(create);
}
