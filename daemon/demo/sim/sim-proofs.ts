/** Makes the claims of the demo about the simulated host; see ../proofs.ts. */
import { bytes, count } from '../../cli/output/amounts.js';
import type { Proof } from '../claim.js';
import type { Facts } from '../facts.js';
import type { HostFacts } from './sim-facts.js';

export function hostProofs(facts: Facts, host: HostFacts): Proof[] {
  return [adoption(facts, host), transfer(facts, host), progress(host), freed(host)];
}

/** After the host was taken down. */
export function hostGone(name: string, isGone: boolean): Proof {
  return {
    holds: isGone,
    claim: `Nothing is left of the host ${name}: its sshd, its Docker engine and its files are gone.`,
    instead: `The host ${name} could not be taken down in order; see "ls -d /tmp/cosmos-gpu-host-*".`,
  };
}

function adoption({ kill }: Facts, { orphaned, adopted, starts }: HostFacts): Proof {
  const name = `cosmos-${kill.run}`;
  const [before, after] = [orphaned, adopted].map(({ containers }) => containers.find((item) => item.name === name));
  const id = before?.id.slice(0, 12) ?? 'none';
  return {
    holds: before !== undefined && after?.id === before.id && starts.filter((start) => start === name).length === 1,
    claim:
      `Container ${id} went on with no daemon alive, and the next daemon adopted that very one: ` +
      'Docker itself has journaled one start.',
    instead: `The container was ${id} without a daemon and ${after?.id.slice(0, 12) ?? 'gone'} after; Docker started ${starts.join(', ') || 'none'}.`,
  };
}

function transfer({ result }: Facts, { inputs, told }: HostFacts): Proof {
  const lacking = inputs.filter(({ sha256, path }) => path.endsWith('.mp4') && !told.inputs.includes(sha256));
  const sent = inputs.reduce((sum, input) => sum + input.bytes, 0);
  return {
    holds: told.inputs.length > 0 && lacking.length === 0,
    claim:
      `${count(inputs.length, 'input')} (${bytes(sent)}) went over SSH, and the container read them with the same ` +
      `SHA-256; the video (${bytes(result.bytes)}) came back, and every frame of it was decoded.`,
    instead: `The container did not read ${lacking.map(({ path }) => path).join(', ') || 'any input'} as it was sent.`,
  };
}

function progress({ stages, monotone }: HostFacts): Proof {
  const steps = stages.filter((stage) => /step \d+\/\d+/.test(stage));
  return {
    holds: monotone && steps.length > 1,
    claim:
      `Progress was read from the log in ${count(stages.length, 'stage')} and never fell, across the kill too: ` +
      `${[stages[0], steps[0], steps.at(-1), stages.at(-1)].join(' ... ')}.`,
    instead: monotone ? `No steps were reported: ${stages.join(', ') || 'nothing'}.` : 'The progress fell in between.',
  };
}

function freed({ orphaned, after }: HostFacts): Proof {
  const busy = orphaned.gpus.filter(({ usedMiB }) => usedMiB > 0).map(({ index }) => index);
  const stillUsed = after.gpus.filter(({ usedMiB }) => usedMiB > 0).map(({ index }) => index);
  return {
    holds: busy.length === 1 && stillUsed.length === 0 && after.containers.length === 0,
    claim: `The run held GPU ${busy.join(', ')} alone; afterwards its container was removed, and the memory of all GPUs was free.`,
    instead:
      `The run held ${busy.length === 0 ? 'no GPU' : `GPU ${busy.join(', ')}`}; afterwards ` +
      `${count(after.containers.length, 'container')} was left, and GPU ${stillUsed.join(', ') || 'none'} was in use.`,
  };
}
