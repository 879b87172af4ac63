/** The verbs of `cosmos houdini`, in the order in which help lists them. */
import { group } from '../../noun.js';
import { houdiniInstall } from './install.js';
import { houdiniUninstall } from './uninstall.js';

export const houdini = group([houdiniInstall, houdiniUninstall]);
