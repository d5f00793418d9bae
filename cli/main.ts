#!/usr/bin/env node
import { commands } from './commands.ts';
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), commands);
