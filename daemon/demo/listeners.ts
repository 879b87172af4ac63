/** Several who listen to one bridge. */
import type { Event, Progress } from '../../schemas/received.js';
import type { BridgeListener } from './bridge.js';

export class Listeners implements BridgeListener {
  constructor(private readonly all: readonly BridgeListener[]) {}

  event(event: Event): void {
    for (const listener of this.all) listener.event(event);
  }

  progress(progress: Progress): void {
    for (const listener of this.all) listener.progress(progress);
  }
}
