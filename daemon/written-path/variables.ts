/** $NAME, ${NAME}, $env:NAME and %NAME% of a written path, by the environment of this process. */
import type { Machine } from './machine.js';
import { PathProblem } from './problem.js';

type Environment = Pick<Machine, 'platform' | 'env' | 'home'>;

const VARIABLE = /\$env:(?<shell>[a-z_]\w*)|\$\{(?<braced>[^}]*)\}|\$(?<plain>[a-z_]\w*)|%(?<percent>[a-z_][\w()]*)%/gi;

/**
 * Variables of the scene that is open in Houdini (sidefx.com/docs/houdini/ref/expression_variables.html). They are never
 * taken from the environment: a daemon that Houdini started inherits the ones of whatever scene was open then.
 */
const SCENE =
  /^(?:HIP|HIPNAME|HIPFILE|JOB|F\d*|FF|FSTART|FEND|SF|FPS|T|N|NFRAMES|RFSTART|RFEND|TSTART|TEND|OS|ACTIVETAKE|CH|WEDGE\w*|PDG_\w+)$/;
/** Variables that Houdini sets for itself, and that a shell may have as well. */
const HOUDINI = /^(?:HFS|HH|HSITE|H[BDT]|HOUDINI_\w+)$/;

/** @throws PathProblem for whatever has no value here */
export function expandVariables(text: string, machine: Environment): string {
  if (text.includes('`')) {
    throw new PathProblem('holds an expression in backticks, which only Houdini computes: write the folder out.');
  }
  if (text.includes('$(')) throw new PathProblem('holds a command, $(...), and none is run: write the folder out.');
  return text.replace(VARIABLE, (written, ...rest) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    const { shell, braced, plain, percent } = groups;
    return valueOfVariable(written, shell ?? braced ?? plain ?? percent ?? '', machine);
  });
}

function valueOfVariable(written: string, name: string, machine: Environment): string {
  if (!/^[a-z_][\w()]*$/i.test(name)) {
    throw new PathProblem(`holds ${written}, and only \${NAME} with a plain name is understood: write the folder out.`);
  }
  const isScene = SCENE.test(name) && !written.startsWith('%');
  const value = isScene ? undefined : lookUp(name, machine);
  if (value !== undefined && value !== '' && !/\p{Cc}/u.test(value)) return value;
  if (isScene || HOUDINI.test(name)) {
    throw new PathProblem(`holds ${written}, which is known only inside Houdini: write the folder out.`);
  }
  throw new PathProblem(
    `holds ${written}, which is not set where Cosmos Bridge runs: set it there, or write the folder out.`,
  );
}

/** Windows has no HOME and the others no USERPROFILE; both mean the home folder. Windows compares names without case. */
function lookUp(name: string, { platform, env, home }: Environment): string | undefined {
  const isSame = (key: string) => key === name || (platform === 'win32' && key.toLowerCase() === name.toLowerCase());
  const value = env[name] ?? Object.entries(env).find(([key]) => isSame(key))?.[1];
  return value ?? (/^(?:HOME|USERPROFILE)$/i.test(name) ? home : undefined);
}
