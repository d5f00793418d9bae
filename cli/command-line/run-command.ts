import { InputError, UsageError } from './input-error.ts';

/** Exit code where what was given cannot be used. */
const unusable = 2;

/**
 * Runs a command, and says in one line what was given wrong; of a wrong option the usage, too.
 * @returns the exit code
 */
export async function runCommand(usage: string, command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`${error.message}\n`);
    if (error instanceof UsageError) process.stderr.write(`\n${usage}\n`);
    return unusable;
  }
}
