/** Sets up Cosmos Bridge on this machine and starts its daemon. */
import * as l10n from '@vscode/l10n';
import type { Memento } from 'vscode';
import { Problem } from '../problem.js';
import type { Step } from '../set-up/steps.js';
import { wayToSetUp } from '../set-up/ways.js';
import { daemonEnvironment, daemonSettings } from '../settings.js';
import { complain } from '../shown/messages.js';
import { progress } from '../shown/progress.js';
import { runTask, type TaskEnd } from '../shown/tasks.js';
import { GivenUp } from './ask.js';
import type { Handler } from './register.js';
import { tellReady } from './watch-offer.js';

/**
 * Sets Cosmos Bridge up on this machine, starts its daemon, and reports it. It also works if no `cosmos` is on PATH. A
 * second call while the first one runs waits for the first and does nothing else.
 */
export function daemonInstall(memory: Memento): Handler {
  let running: Promise<TaskEnd | undefined> | undefined;
  const run = async (steps: readonly Step[]) => {
    running = runAll(steps);
    return running.finally(() => {
      running = undefined;
    });
  };
  return async (bridge) => {
    if (running !== undefined) return void (await running); // the first caller reports the result
    const { url } = daemonSettings();
    if (url !== '') {
      const message = l10n.t('The settings name a daemon elsewhere ({0}): it is set up there.', url);
      throw new Problem('config_invalid', message, ['settings']);
    }
    let steps = await wayToSetUp(memory, { mustAsk: false });
    for (let failed = await run(steps); failed !== undefined; failed = await run(steps)) {
      if ((await afterFailure(failed)) === 'choose') steps = await wayToSetUp(memory, { mustAsk: true });
    }
    await progress(l10n.t('Starting the daemon...'), () => bridge.link.start());
    void tellReady(l10n.t('Cosmos Bridge is set up, and the daemon runs.'), bridge);
  };
}

/** Resolves with how the first failed program ended; undefined = all succeeded. */
async function runAll(steps: readonly Step[]): Promise<TaskEnd | undefined> {
  const words = steps.some(({ isLong }) => isLong)
    ? l10n.t('Setting up Cosmos Bridge: takes a few minutes...')
    : l10n.t('Setting up Cosmos Bridge...');
  return progress(words, async () => {
    for (const step of steps) {
      const end = await runTask({ name: l10n.t('Set up Cosmos Bridge'), env: daemonEnvironment(), ...step });
      if (end.exitCode !== 0) return end;
      end.terminal?.dispose();
    }
    return undefined;
  });
}

/** Offers to try again, the same way or another way. @throws GivenUp */
async function afterFailure({ exitCode, terminal }: TaskEnd): Promise<'again' | 'choose'> {
  const message =
    exitCode === undefined
      ? l10n.t('Cosmos Bridge is not set up: the task could not be started, or was ended before it was done.')
      : l10n.t('Cosmos Bridge is not set up: the task ended with exit code {0}; its terminal says why.', exitCode);
  const [look, again, choose] = [l10n.t('Show'), l10n.t('Try Again'), l10n.t('Choose the Folder...')];
  for (;;) {
    const buttons = terminal === undefined ? [again, choose] : [look, again, choose];
    switch (await complain(message, ...buttons)) {
      case look:
        terminal?.show();
        break;
      case again:
        return 'again';
      case choose:
        return 'choose';
      default:
        throw new GivenUp();
    }
  }
}
