/** The order of the test files: the longest first, so that no long one is left for the end, when the other core is idle. */
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of a quarter of a minute and more, the longest first. The others follow in vitest's order. */
const LONG = [
  'test/houdini/python.test.ts',
  'test/houdini/houdini.test.ts',
  'test/daemon/workload/preview/process.apart.test.ts',
  'test/daemon/run/restart.apart.test.ts',
  'test/daemon/picture/movie/encode.apart.test.ts',
  'test/daemon/cli/commands/spec/check.apart.test.ts',
  'test/daemon/cli/cosmos.apart.test.ts',
  'test/daemon/watch/folders.apart.test.ts',
  'test/daemon/run/runner.apart.test.ts',
  'test/gpu-host/demo.test.ts',
  'test/gpu-host/remote-faults.test.ts',
  'test/gpu-host/hostile-data.test.ts',
  'test/gpu-host/sim/faults.test.ts',
  'test/daemon/host/transfer/transfer.host.test.ts',
  'test/gpu-host/host-life.test.ts',
  'test/daemon/host/probe/probe.host.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = new Map(LONG.map((file, i) => [file, i]));
    const rankOf = ({ moduleId }: TestSpecification) =>
      rank.get(relative(this.ctx.config.root, moduleId).replaceAll('\\', '/')) ?? LONG.length;
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b));
  }
}
