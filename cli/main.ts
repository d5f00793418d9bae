#!/usr/bin/env -S node --
// Without the two hyphens Node would take an --env-file for its own.
import { commands } from './commands.ts';
import { run } from './run.ts';

// Whoever reads may have read enough: `… | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await run(process.argv.slice(2), commands);
