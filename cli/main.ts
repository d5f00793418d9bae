#!/usr/bin/env -S node --
// Without the two hyphens Node would take an --env-file for its own.
import { commands } from './commands.ts';
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), commands);
