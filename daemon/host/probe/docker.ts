/** Docker, the images of the engines, and whether a container gets GPUs: tested with a real container, then removed. */
import { nanoid } from 'nanoid';
import type { EngineName, HostCheck } from '../../../schemas/index.js';
import type { RemoteResult } from '../shell/remote.js';
import { fine, problem, skipped } from './catalogue.js';
import { buildCommand } from './checkout.js';
import type { ProbeContext } from './context.js';

/** Exit code of a shell that does not find a program (POSIX sh, 2.8.2). */
const NOT_FOUND = 127;

const VERSION = `LC_ALL=C; export LC_ALL
docker version --format '{{.Server.Version}}'`;

const RUNTIMES = `docker info --format '{{range $name, $_ := .Runtimes}}{{$name}} {{end}}'`;

/** $1 image: prints its id. */
const IMAGE = `docker image inspect --format '{{.Id}}' -- "$1"`;

/**
 * $1 container, $2 image. Docker shows whether it can give GPUs only when a container starts. A container that failed to
 * start keeps its name, so it is always removed.
 */
const TRY = `LC_ALL=C; export LC_ALL
trap 'docker container rm --force --volumes "$1" >/dev/null 2>&1' EXIT
trap 'exit 143' TERM HUP INT
docker run --rm --name "$1" --pull never --network none --gpus all --entrypoint true "$2" >/dev/null
`;

/** What Docker and NVIDIA's toolkit say when containers cannot have GPUs (wording of Docker 20.10 to 28). */
const NO_GPUS = /could not select device driver|unresolvable CDI devices|nvidia-container-cli: initialization error/i;

export async function checkDocker(context: ProbeContext): Promise<HostCheck[]> {
  const version = await context.remote.run(VERSION);
  if (version.exitCode !== 0) return [dockerFinding(version, context.user), ...unseen()];
  const docker = fine({ check: 'Docker' }, `Docker ${version.stdout.toString().trim()} answers.`);
  const images = await Promise.all(context.needs.map(({ engine }) => imageFinding(context, engine)));
  return [docker, ...images, ...(await gpuFindings(context, images))];
}

function dockerFinding(result: RemoteResult, user: string): HostCheck {
  const said = lastLine(result.stderr);
  const subject = { check: 'Docker' } as const;
  if (result.exitCode === NOT_FOUND) return problem(subject, 'docker_missing', { user });
  if (/permission denied/i.test(said)) return problem(subject, 'docker_forbidden', { user });
  return problem(subject, 'docker_unreachable', { said });
}

function unseen(): HostCheck[] {
  return (['image', 'GPUs in containers'] as const).map((check) => skipped({ check }, 'Not looked at without Docker.'));
}

async function imageFinding({ remote, config, needs }: ProbeContext, engine: EngineName): Promise<HostCheck> {
  const settings = config.engine[engine];
  const subject = { check: 'image', engine } as const;
  if (settings?.image === undefined) return problem(subject, 'image_unset', { engine });
  const { image } = settings;
  const { exitCode, stdout, stderr } = await remote.run(IMAGE, [image]);
  if (exitCode === 0) return fine(subject, `${image} is there.`, { image, id: stdout.toString().trim() });
  if (!/no such image/i.test(stderr)) return problem(subject, 'image_failed', { image, said: lastLine(stderr) });
  const repository = needs.find((need) => need.engine === engine)?.repository ?? '';
  return problem(subject, 'image_missing', { image, build: buildCommand(repository, settings.checkout, image) });
}

/** One container per image on the host, because images need different versions of the driver. */
async function gpuFindings(context: ProbeContext, images: readonly HostCheck[]): Promise<HostCheck[]> {
  const found = context.needs.flatMap(({ engine, memoryGb }) => {
    const image = context.config.engine[engine]?.image;
    const isThere = images.some((finding) => finding.engine === engine && finding.state === 'ok');
    return image !== undefined && isThere && memoryGb !== null ? [{ engine, image }] : [];
  });
  if (found.length === 0) return [await untried(context)];
  const findings: HostCheck[] = [];
  for (const { engine, image } of found) findings.push(await tryGpus(context, engine, image));
  return findings;
}

async function tryGpus({ remote }: ProbeContext, engine: EngineName, image: string): Promise<HostCheck> {
  const { exitCode, stderr } = await remote.run(TRY, [`cosmos-probe-${nanoid(12)}`, image]);
  const subject = { check: 'GPUs in containers', engine } as const;
  if (exitCode === 0) return fine(subject, `A container of ${image} was given the GPUs.`, { image });
  const said = lastLine(stderr);
  return NO_GPUS.test(stderr)
    ? problem(subject, 'gpu_runtime_missing', { said })
    : problem(subject, 'image_failed', { image, said });
}

async function untried({ remote }: ProbeContext): Promise<HostCheck> {
  const runtime = (await remote.run(RUNTIMES)).stdout.toString().split(' ').includes('nvidia');
  return problem({ check: 'GPUs in containers' }, 'gpu_runtime_untried', { runtime });
}

/** Removes Docker's name before the reason and the hint at its help behind it. */
function lastLine(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !/^(?:See |Run 'docker|time=")/.test(line));
  const reason = (lines.at(-1) ?? 'it gave no reason').replace(/^docker: /, '');
  return reason.endsWith('.') ? reason : `${reason}.`;
}
