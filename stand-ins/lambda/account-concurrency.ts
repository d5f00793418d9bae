/** Lambda's refusal to run a function: the account has no concurrency left. */
export class TooManyRequestsError extends Error {
  override readonly name = 'TooManyRequestsException';

  constructor() {
    super('Rate Exceeded.');
  }
}

/** The executions at a time that the functions of an account share. None of them reserves any. */
export class AccountConcurrency {
  /** AWS's quota. */
  static readonly limit = 1_000;

  /** By functions that are not here. */
  takenByOthers = 0;
  #taken = 0;

  /** False where none is left. */
  take(): boolean {
    if (this.#taken + this.takenByOthers >= AccountConcurrency.limit) return false;
    this.#taken += 1;
    return true;
  }

  giveBack(): void {
    this.#taken -= 1;
  }
}
