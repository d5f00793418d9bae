/** What was given cannot be used. The message is one line for the person who gave it; exit code 2. */
export class InputError extends Error {
  override readonly name: string = 'InputError';
}

/** The command line is wrong: the usage helps. */
export class UsageError extends InputError {
  override readonly name = 'UsageError';
}
