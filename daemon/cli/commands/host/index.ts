/** The verbs of `cosmos host`, in the order in which help lists them. */
import { group } from '../../noun.js';
import { hostAdd } from './add.js';
import { hostAdopt } from './adopt.js';
import { hostDrain } from './drain.js';
import { hostForget } from './forget.js';
import { hostLogin } from './login.js';
import { hostLs } from './ls.js';
import { hostResume } from './resume.js';
import { hostTest } from './test.js';
import { hostTrust } from './trust.js';

export const host = group([
  hostLs,
  hostAdd,
  hostTest,
  hostTrust,
  hostLogin,
  hostDrain,
  hostResume,
  hostForget,
  hostAdopt,
]);
