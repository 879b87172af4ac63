/** The questions about a host that must be answered before it can be probed. */
import * as l10n from '@vscode/l10n';
import type { Store } from '../../../client/store.js';
import { HostDraft } from '../../../schemas/index.js';
import { FREE_MODEL, MODELS, modelTitle } from '../../../schemas/model-title.js';
import { pickMany } from '../shown/questions.js';
import { amount, askChoice, askText, GivenUp } from './ask.js';

/** Engines that need a host with GPUs. */
const ENGINES = MODELS.filter((engine) => engine !== FREE_MODEL);
type Ownership = HostDraft['ownership'];

/** @throws GivenUp */
export async function askHost(store: Store): Promise<HostDraft> {
  const ssh = await askText({
    title: l10n.t('Add a host: address'),
    prompt: l10n.t('As for ssh: a name of ~/.ssh/config, or user@host.'),
    placeHolder: 'user@gpu-host',
    validateInput: (text) => (text.trim() === '' ? l10n.t('An address, please.') : undefined),
  });
  const name = await askText({
    title: l10n.t('Add a host: name'),
    prompt: l10n.t('How jobs call it.'),
    value: proposedName(ssh),
    validateInput: (text) => nameProblem(text.trim(), store),
  });
  const ownership = await askOwnership(name);
  const price_per_hour = ownership === 'rented' ? await askPrice(name) : undefined;
  const engine = await askEngines(name);
  return HostDraft.parse({ name, ssh, ownership, price_per_hour, engine });
}

/** The folder on the host in which jobs are kept. @throws GivenUp */
export function askRoot(name: string): Promise<string> {
  return askText({
    title: l10n.t('Add {0}: its folder', name),
    prompt: l10n.t('Absolute path on the host, where jobs are kept. A host that answers tells its home folder itself.'),
    placeHolder: '/home/artist/cosmos-bridge',
    validateInput: (text) => (text.trim().startsWith('/') ? undefined : l10n.t('A path that begins with /, please.')),
  });
}

function proposedName(ssh: string): string {
  const host = ssh.replace(/^ssh:\/\/|^.*@|\/$/gi, '').replace(/:\d+$/, '');
  return host.replace(/[^A-Za-z0-9_.-]/g, '-').replace(/^[^A-Za-z0-9]+/, '');
}

function nameProblem(name: string, store: Store): string | undefined {
  if (store.hosts.has(name)) return l10n.t('A host of this name is there already.');
  return HostDraft.shape.name.safeParse(name).error?.issues[0]?.message;
}

function askOwnership(name: string): Promise<Ownership> {
  return askChoice<Ownership>(l10n.t('Whose is {0}?', name), [
    { label: l10n.t('Mine'), detail: l10n.t('You are the only one who uses it.'), value: 'mine' },
    {
      label: l10n.t('Shared'),
      detail: l10n.t('Others use its GPUs too; what they hold is left to them.'),
      value: 'shared',
    },
    { label: l10n.t('Rented'), detail: l10n.t('It costs money for as long as it runs.'), value: 'rented' },
  ]);
}

async function askPrice(name: string): Promise<number> {
  const title = l10n.t('What does an hour of {0} cost, in dollars?', name);
  return Number(await askText({ title, placeHolder: '2.50', validateInput: amount }));
}

/** Container image and checkout folder of each model that the host is to run; undefined = none yet. */
async function askEngines(name: string): Promise<HostDraft['engine']> {
  const choices = ENGINES.map((engine) => ({ label: modelTitle(engine), value: engine }));
  const title = l10n.t('Which models shall {0} run?', name);
  const chosen = await pickMany(choices, { title, stays: true });
  if (chosen === undefined) throw new GivenUp();
  const engines: NonNullable<HostDraft['engine']> = {};
  for (const engine of chosen) {
    const label = modelTitle(engine);
    const image = await askText({ title: l10n.t('{0}: container image on the host', label) });
    const checkout = await askText({ title: l10n.t("{0}: folder of NVIDIA's repository on the host", label) });
    engines[engine] = { ...(image !== '' && { image }), ...(checkout !== '' && { checkout }) };
  }
  return chosen.length === 0 ? undefined : engines;
}
