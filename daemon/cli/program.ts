/** The whole command line: every verb in the order in which help lists it. */
import { Command, Option } from '@commander-js/extra-typings';
import { clipLs } from './commands/clip/ls.js';
import { clipShow } from './commands/clip/show.js';
import { clipWithdraw } from './commands/clip/withdraw.js';
import { completion } from './commands/completion.js';
import { cost } from './commands/cost.js';
import { daemonInstall } from './commands/daemon/install.js';
import { daemonRun } from './commands/daemon/run.js';
import { daemonStart } from './commands/daemon/start.js';
import { daemonStatus } from './commands/daemon/status.js';
import { daemonStop } from './commands/daemon/stop.js';
import { demo } from './commands/demo.js';
import { doctor } from './commands/doctor.js';
import { hostAdd } from './commands/host/add.js';
import { hostAdopt } from './commands/host/adopt.js';
import { hostDrain } from './commands/host/drain.js';
import { hostForget } from './commands/host/forget.js';
import { hostLogin } from './commands/host/login.js';
import { hostLs } from './commands/host/ls.js';
import { hostResume } from './commands/host/resume.js';
import { hostTest } from './commands/host/test.js';
import { hostTrust } from './commands/host/trust.js';
import { houdiniInstall } from './commands/houdini/install.js';
import { houdiniUninstall } from './commands/houdini/uninstall.js';
import { jobCancel } from './commands/job/cancel.js';
import { jobClone } from './commands/job/clone.js';
import { jobEdit } from './commands/job/edit.js';
import { jobNext } from './commands/job/next.js';
import { jobPriority } from './commands/job/priority.js';
import { jobRelease } from './commands/job/release.js';
import { jobRetry } from './commands/job/retry.js';
import { jobShow } from './commands/job/show.js';
import { logs } from './commands/logs.js';
import { presetLs } from './commands/preset/ls.js';
import { presetRm } from './commands/preset/rm.js';
import { presetSave } from './commands/preset/save.js';
import { presetShow } from './commands/preset/show.js';
import { queueLs } from './commands/queue/ls.js';
import { queuePause } from './commands/queue/pause.js';
import { queueResume } from './commands/queue/resume.js';
import { report } from './commands/report.js';
import { resultLs } from './commands/result/ls.js';
import { resultMark } from './commands/result/mark.js';
import { resultOpen } from './commands/result/open.js';
import { specCheck } from './commands/spec/check.js';
import { specCompile } from './commands/spec/compile.js';
import { specRules } from './commands/spec/rules.js';
import { submit } from './commands/submit.js';
import { watchAdd } from './commands/watch/add.js';
import { watchAutoSend } from './commands/watch/auto-send.js';
import { watchLs } from './commands/watch/ls.js';
import { watchRm } from './commands/watch/rm.js';
import { group } from './group.js';
import type { Door } from './output/door.js';
import type { Parent } from './verb.js';

const EXAMPLES = `
Examples:
  cosmos demo                                    the whole way on a built-in scene
  cosmos watch add /renders                      see every clip that Houdini writes there
  cosmos submit shot010 --prompt "rain at dusk" --weight edge=0.5 --wait
  cosmos queue                                   what runs, what waits, and why`;

/** Where help and complaints about the command line go. */
interface Doors {
  readonly output: Door;
  readonly errors: Door;
}

export function createProgram(version: string, { output, errors }: Doors): Parent {
  const program = new Command('cosmos')
    .description('From a Houdini render to a finished NVIDIA Cosmos video.')
    .version(version, '-V, --version')
    .addOption(new Option('--state-dir <folder>', 'where the daemon keeps its things').env('COSMOS_STATE_DIR'))
    .addOption(new Option('--config <file>', 'cosmos.toml to use').env('COSMOS_CONFIG'))
    .option('--json', 'only JSON on standard output')
    .option('--no-color', 'no colours')
    .helpCommand(true)
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('Add --help to see how it is used.')
    .exitOverride()
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => output.text(text),
      writeErr: (text) => errors.text(text),
      outputError: (text, write) => write(withArgumentsShown(text.replace(/^error: /, 'Error: '), errors)),
    });
  addVerbs(program);
  return program;
}

/** What was typed may be a stranger's: a pattern such as `*` stands for the names of folders. Each is on one line. */
function withArgumentsShown(text: string, errors: Door): string {
  const strange = process.argv.filter((argument) => errors.line(argument) !== argument);
  return strange.reduce((shown, argument) => shown.replaceAll(argument, errors.line(argument)), text);
}

function addVerbs(program: Parent): void {
  submit(program);
  group(program, 'queue', 'jobs that run, wait and have ended', [queueLs, queuePause, queueResume]);
  group(program, 'job', 'look at a job, change it, stop it', JOB_VERBS);
  logs(program);
  group(program, 'result', 'finished videos', [resultLs, resultOpen, resultMark]);
  group(program, 'clip', 'renders the daemon knows', [clipLs, clipShow, clipWithdraw]);
  group(program, 'watch', 'watched folders', [watchLs, watchAdd, watchRm, watchAutoSend]);
  group(program, 'spec', 'the JSON files that Cosmos reads', [specCompile, specCheck, specRules]);
  group(program, 'preset', 'named choices for jobs, kept in cosmos.toml', [presetLs, presetShow, presetSave, presetRm]);
  group(program, 'host', 'machines that run jobs', HOST_VERBS);
  group(program, 'houdini', 'the plugin for Houdini', [houdiniInstall, houdiniUninstall]);
  report(program);
  cost(program);
  group(program, 'daemon', 'the process that does the work in the background', DAEMON_VERBS);
  doctor(program);
  demo(program);
  completion(program);
}

const JOB_VERBS = [jobShow, jobCancel, jobRetry, jobClone, jobEdit, jobNext, jobPriority, jobRelease];
const HOST_VERBS = [hostLs, hostAdd, hostTest, hostTrust, hostLogin, hostDrain, hostResume, hostForget, hostAdopt];
const DAEMON_VERBS = [daemonRun, daemonStart, daemonStop, daemonStatus, daemonInstall];
