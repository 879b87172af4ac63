/** Where the program of cosmos-sim lies; used from the repository, also by compiled code. */
import path from 'node:path';
import { asset } from '../assets.js';

/** Holds the Python package cosmos_sim, `bin` and `checkout`. */
export const simFolder = path.join(path.dirname(asset('')), 'sim');

/** What stands for NVIDIA's repositories: on a host it is mounted at /workspace. */
export const checkoutFolder = path.join(simFolder, 'checkout');
