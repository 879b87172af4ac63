/** The verbs of `cosmos daemon`, in the order in which help lists them. */
import { group } from '../../noun.js';
import { daemonInstall } from './install.js';
import { daemonRun } from './run.js';
import { daemonStart } from './start.js';
import { daemonStatus } from './status.js';
import { daemonStop } from './stop.js';

export const daemon = group([daemonRun, daemonStart, daemonStop, daemonStatus, daemonInstall]);
