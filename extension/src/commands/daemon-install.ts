import * as l10n from '@vscode/l10n';
import type { Memento } from 'vscode';
import { Problem } from '../problem.js';
import type { Step } from '../set-up/steps.js';
import { wayToSetUp } from '../set-up/ways.js';
import { daemonEnvironment, daemonSettings } from '../settings.js';
import { complain, tell } from '../shown/messages.js';
import { progress } from '../shown/progress.js';
import { runTask, type TaskEnd } from '../shown/tasks.js';
import { GivenUp } from './ask.js';
import type { Handler } from './register.js';

/** Sets Cosmos Bridge up on this machine, starts its daemon, and says so; also where no `cosmos` is on PATH. */
export function daemonInstall(memory: Memento): Handler {
  return async ({ link }) => {
    const { url } = daemonSettings();
    if (url !== '') {
      const message = l10n.t('The settings name a daemon elsewhere ({0}): it is set up there.', url);
      throw new Problem('config_invalid', message, ['settings']);
    }
    let steps = await wayToSetUp(memory, { mustAsk: false });
    for (let failed = await runAll(steps); failed !== undefined; failed = await runAll(steps)) {
      if ((await afterFailure(failed)) === 'choose') steps = await wayToSetUp(memory, { mustAsk: true });
    }
    await progress(l10n.t('Starting the daemon...'), () => link.start());
    void tell(l10n.t('Cosmos Bridge is set up, and the daemon runs.'));
  };
}

interface Failure extends TaskEnd {
  readonly step: Step;
}

/** Resolves with the first that failed; undefined = all went well. */
function runAll(steps: readonly Step[]): Thenable<Failure | undefined> {
  const words = steps.some(({ isLong }) => isLong)
    ? l10n.t('Setting up Cosmos Bridge: takes a few minutes...')
    : l10n.t('Setting up Cosmos Bridge...');
  return progress(words, async () => {
    for (const step of steps) {
      const end = await runTask({ name: l10n.t('Set up Cosmos Bridge'), env: daemonEnvironment(), ...step });
      if (end.exitCode !== 0) return { ...end, step };
      end.close();
    }
    return undefined;
  });
}

/** Asks until the person wants it again, by the same way or by another. @throws GivenUp */
async function afterFailure({ exitCode, show }: Failure): Promise<'again' | 'choose'> {
  const message =
    exitCode === undefined
      ? l10n.t('Cosmos Bridge is not set up: the task was ended before it was done.')
      : l10n.t('Cosmos Bridge is not set up: the task ended with exit code {0}; its terminal says why.', exitCode);
  const [look, again, choose] = [l10n.t('Show'), l10n.t('Try Again'), l10n.t('Choose the Folder...')];
  for (;;) {
    switch (await complain(message, look, again, choose)) {
      case look:
        show();
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
