import { expect, test } from 'vitest';
import { CosmosError } from '../../../../daemon/errors.js';
import { ERROR_REMEDIES } from '../../../../daemon/host/probe/catalogue/errors.js';
import { CATALOGUE, errorFound, type FoundProblem, problem } from '../../../../daemon/host/probe/catalogue.js';
import { type ErrorCode, errorCodes, HostCheck, HostProblem } from '../../../../schemas/index.js';

type FactsOf<C extends FoundProblem> = Parameters<(typeof CATALOGUE)[C]['sentence']>[0];

/** Values with which every sentence has to read well; a problem without a sample does not compile. */
const SAMPLES: { readonly [C in FoundProblem]: FactsOf<C> } = {
  ssh_config_differs: { remark: '~/.ssh/config:3: Match exec is not run here, so its block does not apply' },
  tools_missing: { tools: ['flock', 'tar'] },
  check_timeout: { seconds: 20 },
  price_unset: { name: 'gpu1' },
  root_unusable: { root: '/srv/our files', why: '/srv is not writable', user: 'me' },
  root_split: { root: '/srv/cosmos' },
  disk_full: { root: '/srv/cosmos', free: 12_000_000 },
  disk_low: { root: '/srv/cosmos', free: 12_000_000_000 },
  clock_skewed: { seconds: -3600 },
  gpu_missing: { found: 1, wanted: 2 },
  gpu_busy: { holders: ['GPU 0 by python (process 4711, 500 MiB)'] },
  gpu_memory_small: { engine: 'transfer2.5', gpus: ['0: L40S, 48.3 GB'], least: 65.4 },
  driver_too_old: { engine: 'transfer2.5', driver: '550.54.15', least: '570.124.06' },
  docker_missing: { user: 'me' },
  docker_forbidden: { user: 'me' },
  docker_unreachable: { said: 'Cannot connect to the Docker daemon.' },
  image_missing: { image: 'cosmos:1', build: 'docker build -f Dockerfile -t cosmos:1 .' },
  image_unset: { engine: 'cosmos3' },
  image_failed: { image: 'cosmos:1', said: 'unsatisfied condition: cuda>=12.8.' },
  gpu_runtime_missing: { said: 'could not select device driver "" with capabilities: [[gpu]].' },
  gpu_runtime_untried: { runtime: false },
  checkout_missing: { checkout: '/srv/cosmos', entry: 'pyproject.toml', clone: 'git clone x /srv/cosmos' },
  checkout_unset: { engine: 'cosmos3', clone: 'git clone x' },
  checkout_old: { checkout: '/srv/cosmos', commit: 'abc1234', date: '2025-10-06', least: '2026-04-14' },
  cache_missing: { folder: '/srv/hf' },
  cache_unset: { engine: 'cosmos3' },
  secrets_missing: { file: '/home/me/cosmos.env' },
  secrets_exposed: { file: '/home/me/cosmos.env', mode: '644' },
  token_missing: { engine: 'transfer2.5', file: null },
};

const codes = Object.keys(SAMPLES) as FoundProblem[];

test.each(codes)('%s is one sentence with its values, and says what to do', (code) => {
  const { message, remedy, state } = found(code);
  expect(message).toMatch(/^\S.*\.$/u);
  expect(`${message} ${remedy}`).not.toMatch(/undefined|NaN|\[object| {2}/);
  expect(remedy?.length).toBeGreaterThan(15);
  expect(['warning', 'failed']).toContain(state);
});

test('every problem of the protocol is in the catalogue, and in one place only', () => {
  const known = [...Object.keys(CATALOGUE), ...Object.keys(ERROR_REMEDIES)];
  expect(known.toSorted()).toEqual(HostProblem.options.toSorted());
});

test.each(Object.keys(ERROR_REMEDIES))('the error %s keeps its sentence and gets a remedy', (code) => {
  const isError = (name: string): name is ErrorCode => name in errorCodes;
  const error = new CosmosError(isError(code) ? code : 'internal', 'It went wrong.', {
    ...{
      trust: 'cosmos host trust me@gpu1 SHA256:abc',
      file: '/home/me/my key',
      fingerprint: 'SHA256:abc',
      login: 'cosmos host login gpu1',
    },
  });
  const finding = HostCheck.parse(errorFound({ check: 'reachable' }, error, 'me@gpu1'));
  expect(finding).toMatchObject({ code, state: 'failed', message: 'It went wrong.', data: { ssh: 'me@gpu1' } });
  expect(finding.remedy).not.toMatch(/undefined|''/);
  expect(finding.remedy?.length).toBeGreaterThan(15);
});

test('a command to type quotes what a shell would take apart', () => {
  expect(found('root_unusable').remedy).toContain("install -d -o me '/srv/our files'");
  const locked = new CosmosError('identity_locked', 'Locked.', { file: "/home/me/it's $(here)" });
  expect(errorFound({ check: 'login' }, locked, 'gpu1').remedy).toContain(`ssh-add '/home/me/it'\\''s $(here)'`);
});

function found<C extends FoundProblem>(code: C): HostCheck {
  return HostCheck.parse(problem({ check: 'root' }, code, { ...SAMPLES[code] }));
}
