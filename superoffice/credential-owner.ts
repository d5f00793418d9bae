import type { Associate } from './associate.ts';
import type { CallEnd, LatestStart } from './call-end.ts';
import { type Clock, startSpan, type TimeSpan } from './clock.ts';
import type { Credential } from './credential.ts';
import { singleFlight } from './single-flight.ts';

export type CredentialOwner = {
  /** Whose credential it is, where that was asked before. */
  known(credential: Credential): Associate | null;
  /** The same, asked for where it is not known; null where it cannot be had. */
  ask(credential: Credential, limits: LatestStart): Promise<Associate | null>;
};

const failureKeptMs = 30_000;

/** Asks once per credential, however many events want to know; best effort: a failure is not asked again at once. */
export function createCredentialOwner(
  whoAmI: (limits: LatestStart) => Promise<CallEnd<Associate>>,
  clock: Clock,
): CredentialOwner {
  let last: { credential: Credential; associate: Associate | null; kept?: TimeSpan } | undefined;

  const asking = singleFlight(async (credential: Credential, limits: LatestStart) => {
    const end = await whoAmI(limits);
    last =
      end.kind === 'ok'
        ? { credential: end.credential, associate: end.value }
        : { credential, associate: null, kept: startSpan(clock, failureKeptMs) };
  });

  const lastFor = (credential: Credential) =>
    last?.credential === credential && !last.kept?.isOver() ? last : undefined;

  return {
    known: (credential) => lastFor(credential)?.associate ?? null,
    async ask(credential, limits) {
      if (!lastFor(credential)) await asking.run(credential, limits);
      return lastFor(credential)?.associate ?? null;
    },
  };
}
