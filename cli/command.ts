/** A subcommand, as `cli/NAME/command.ts` exports it: `export const command: Command`. */
export type Command = {
  /** Half a line for the list of subcommands. */
  summary: string;
  /** What `--help` shows, and a wrong option. */
  usage: string;
  /**
   * Resolves to the exit code. An InputError is told in one line, a UsageError with the usage; the
   * exit code is 2 then.
   */
  run(args: string[]): Promise<number>;
};
