import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { PATIENCE, TEST_LIMIT } from './support/limits.js';
import { LongestFirst } from './support/longest-first.js';
import { PlanReporter } from './support/plan-reporter.js';

/** Where code-server's Node is to be had; elsewhere the setup says what is left out, and what there is instead. */
const canRunVscode = process.platform === 'linux' && process.arch === 'x64';

/** Files at a time of what computes. Two on two cores, where vitest would take one. */
const maxWorkers = Math.max(2, availableParallelism() - 1);
/** Files at a time of what waits for processes and lines half of its time: two cores have work for three. */
const maxWaiting = 3;

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    testTimeout: TEST_LIMIT,
    hookTimeout: TEST_LIMIT,
    expect: { poll: { timeout: PATIENCE } },
    setupFiles: ['test/support/patience.ts'],
    reporters: [new PlanReporter(), 'default'],
    sequence: { sequencer: LongestFirst },
    slowTestThreshold: Number.POSITIVE_INFINITY, // a line a file; a test is named when it fails
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/{schemas,daemon,extension}/**/*.test.ts', 'test/*.test.ts'],
          exclude: ['**/*.{host,apart}.test.ts'],
          // Hundreds of short files: each in a process of its own would spend most of its time loading the same modules.
          isolate: false,
          maxWorkers,
        },
      },
      {
        extends: true,
        // What of the Houdini plugin needs no daemon: with `unit` this is `npm run test:quick`.
        test: { name: 'python', include: ['test/houdini/python.test.ts'], maxWorkers },
      },
      {
        extends: true,
        // As unit, each file in a process of its own: it replaces modules, or takes seconds of a core.
        test: {
          name: 'apart',
          include: ['test/{schemas,daemon,extension}/**/*.apart.test.ts', 'test/*.apart.test.ts'],
          maxWorkers: maxWaiting,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        // Whole daemons and processes from dist/.
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/hostile/**/*.test.ts'],
          exclude: ['**/*.host.test.ts'],
          maxWorkers: maxWaiting,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        // The Houdini plugin: types, and its tests with a daemon, beside which half of a core is free.
        test: {
          name: 'houdini',
          include: ['test/houdini/houdini.test.ts'],
          maxWorkers: maxWaiting,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        // Tests on a host of test/gpu-host (real sshd and Docker engine): `*.host.test.ts` beside what they test. After all
        // others, because they measure times; each host has its own namespaces, control groups, disk and port.
        test: {
          name: 'host',
          include: ['test/gpu-host/**/*.test.ts', 'test/{daemon,hostile}/**/*.host.test.ts'],
          maxWorkers: maxWaiting,
          sequence: { groupOrder: 2 },
        },
      },
      ...(canRunVscode
        ? [
            {
              extends: true as const,
              // The extension in a real VS Code; last, because a browser and an extension host take all the cores they get.
              test: {
                name: 'vscode',
                include: ['test/vscode/host.test.ts', 'test/vscode/browser/**/*.test.ts'],
                globalSetup: ['test/vscode/global-setup.ts'],
                fileParallelism: false,
                sequence: { groupOrder: 3 },
              },
            },
          ]
        : []),
    ],
  },
});
