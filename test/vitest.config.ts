import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Where code-server's Node is to be had; elsewhere the setup says what is left out, and what there is instead. */
const canRunVscode = process.platform === 'linux' && process.arch === 'x64';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    setupFiles: ['test/support/patience.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/{schemas,client,daemon,extension}/**/*.test.ts', 'test/*.test.ts'],
          exclude: ['**/*.host.test.ts'],
          // Two on two cores, where vitest would take one: half of these tests wait for a process or a disk.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        // Whole daemons and processes from dist/: two files at a time, because half of their time is waiting.
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/hostile/**/*.test.ts'],
          exclude: ['**/*.host.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        // Tests on a host of test/gpu-host (real sshd and Docker engine): `*.host.test.ts` beside what they test. Serial,
        // and after all others, because they measure times and count what they leave behind.
        test: {
          name: 'host',
          include: ['test/gpu-host/**/*.test.ts', 'test/{daemon,hostile}/**/*.host.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        // The Houdini plugin: checks and tests of Python, each a process that takes a core of its own.
        test: {
          name: 'houdini',
          include: ['test/houdini/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 300_000, // a minute on an idle machine; hundreds of tests in one process share it
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
                sequence: { groupOrder: 4 },
                testTimeout: 180_000,
                hookTimeout: 60_000,
              },
            },
          ]
        : []),
    ],
  },
});
