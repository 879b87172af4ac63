/** A listening server over {@link Parts}, gone when the test ends. */
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../../../daemon/clock.js';
import { silentLogger } from '../../../daemon/log.js';
import { RpcServer } from '../../../daemon/server/server.js';
import type { Discovery } from '../../../schemas/index.js';
import { ManualClock } from '../../support/clock.js';
import { tempDir } from '../../support/tmp.js';
import { TestClient } from './client.js';
import { Parts } from './parts.js';

export class World extends Parts {
  readonly server: RpcServer;

  private constructor(clock: Clock) {
    super(path.join(tempDir(), 'state'), clock);
    const discoveryFile = this.stateDir.discovery;
    const common = { clock, log: silentLogger, port: 0, checkResults: true };
    this.server = new RpcServer({ ...common, services: this.services(), discoveryFile });
  }

  static async start(clock: Clock = systemClock): Promise<World & { discovery: Discovery }> {
    const world = new World(clock);
    const discovery = await world.server.listen();
    onTestFinished(async () => {
      const closed = world.server.close();
      if (clock instanceof ManualClock) clock.advance(10_000); // cuts off clients that a test left paused
      await closed;
      world.close();
    });
    return Object.assign(world, { discovery });
  }
}

/** A connection of its own that the test's end closes with the server. */
export function connect({ discovery }: { discovery: Discovery }): Promise<TestClient> {
  return TestClient.connect(discovery);
}
