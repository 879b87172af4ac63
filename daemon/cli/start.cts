#!/usr/bin/env node
/** The program behind `cosmos`: from the bundle of this build where there is one, else from the files of dist/. */
import bundles = require('../bundle.cjs');

const words = process.argv.slice(2);
const mentions = (...names: string[]) => names.some((name) => words.includes(name));
/**
 * These run or play the daemon, so a few milliseconds of their start do not matter, and the bundle is smaller without
 * them.
 */
const isLong = mentions('demo') || (mentions('daemon') && !mentions('start', 'stop', 'status', 'install'));

const bundle = isLong ? undefined : bundles.readBundle(words);
if (bundle === undefined) void import('./main.js');
else void bundle.cli();
