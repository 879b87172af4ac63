#!/usr/bin/env node
/** The program behind `cosmos`: from the bundle of this build where there is one, else from the files of dist/. */
import bundles = require('../bundle.cjs');

const bundle = bundles.readBundle();
if (bundle === undefined) void import('./main.js');
else void bundle.cli();
