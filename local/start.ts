import { readEventFile } from '../cli/command-line/event-file.ts';
import { runCommand } from '../cli/command-line/run-command.ts';
import { stopOnSignal } from '../cli/command-line/stop-on-signal.ts';
import { checkEnvOut } from './command-line/env-out.ts';
import { parseOptions, usage } from './command-line/options.ts';
import { checkSystemUser, checkTenant } from './command-line/superoffice-choice.ts';
import { run } from './run.ts';
import { introduce } from './screen/introduction.ts';
import { createJsonLines, createScreen } from './screen/output.ts';
import { SynthesisError } from './stack/synthesize.ts';

process.exitCode = await runCommand(usage, start);

/** Runs the stack on this machine, as the command line asks. */
async function start(): Promise<number> {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (options.kind === 'help') {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const { events, superOffice, envOut } = options;
  if (envOut !== undefined) checkEnvOut(envOut);
  if (superOffice.kind === 'real') {
    await checkTenant(superOffice.tenant);
    if (superOffice.systemUserSecret) checkSystemUser(superOffice.systemUserSecret);
  }
  const bodies = events.kind === 'file' ? await readEventFile(events.path) : [];
  const { stdout, stderr } = process;
  const output = stdout.isTTY ? createScreen(stdout) : createJsonLines(stdout, stderr);
  for (const line of introduce(superOffice)) output.note(line);
  try {
    return await run({ ...options, bodies, output, signal: stopOnSignal() });
  } catch (error) {
    if (!(error instanceof SynthesisError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
