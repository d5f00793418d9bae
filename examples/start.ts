import { parseFlags } from '../cli/command-line/flags.ts';
import { UsageError } from '../cli/command-line/input-error.ts';
import { runCommand } from '../cli/command-line/run-command.ts';
import { stopOnSignal } from '../cli/command-line/stop-on-signal.ts';
import { createJsonLines, createScreen } from '../local/screen/output.ts';
import { runExample } from './run.ts';
import { scenarios } from './scenarios.ts';

const names = Object.keys(scenarios);

const usage = `Usage: npm run example -- NAME [--once]

Stands an example's stack up on this machine, plays what it is for, and then
takes commands as npm start does. NAME is ${names.join(', ')}.

  --once    end when it has been played: exit code 0, or 1 with what is missing`;

process.exitCode = await runCommand(usage, start);

async function start(): Promise<number> {
  const [name = '', ...flags] = process.argv.slice(2);
  const { once, help } = parseFlags(name.startsWith('-') ? [name] : flags, {
    once: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  });
  const { stdout, stderr } = process;
  if (help) {
    stdout.write(`${usage}\n`);
    return 0;
  }
  const scenario = scenarios[name];
  if (!scenario) {
    throw new UsageError(`Expected the name of an example; found ${JSON.stringify(name)}.`);
  }
  const output = stdout.isTTY ? createScreen(stdout) : createJsonLines(stdout, stderr);
  return await runExample({ name, scenario, once, output, signal: stopOnSignal() });
}
