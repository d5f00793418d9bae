import type { Associate } from '../../superoffice/associate.ts';
import type { Clock } from '../../superoffice/clock.ts';
import { type Credential, isSameCredential } from '../../superoffice/credential.ts';
import type { WebApi } from '../../superoffice/web-api.ts';
import type { CallLimits, Calls } from './calls.ts';

export type Principal = {
  /** Whose credential it is, where that was asked before. */
  known(credential: Credential): Associate | null;
  /** The same, asked for where it is not known; null where it cannot be had. */
  ask(credential: Credential, limits: CallLimits): Promise<Associate | null>;
};

const failureKeptMs = 30_000;

/** Asks once per ticket, however many events want to know; best effort, so no answer waits for it twice. */
export function createPrincipal(options: {
  calls: Calls;
  webApi: Pick<WebApi, 'currentPrincipal'>;
  clock: Clock;
}): Principal {
  const { calls, webApi, clock } = options;
  let last: { credential: Credential; associate: Associate | null; until: number } | undefined;
  let inFlight: Promise<void> | undefined;

  async function fetchPrincipal(credential: Credential, limits: CallLimits): Promise<void> {
    const answer = await calls(webApi.currentPrincipal, limits);
    last =
      answer.kind === 'ok'
        ? {
            credential: answer.credential,
            associate: answer.value,
            until: Number.POSITIVE_INFINITY,
          }
        : { credential, associate: null, until: clock.now() + failureKeptMs };
  }

  const lastFor = (credential: Credential) =>
    last && isSameCredential(last.credential, credential) && clock.now() < last.until
      ? last
      : undefined;

  return {
    known: (credential) => lastFor(credential)?.associate ?? null,
    async ask(credential, limits) {
      if (!lastFor(credential)) {
        inFlight ??= fetchPrincipal(credential, limits).finally(() => {
          inFlight = undefined;
        });
        await inFlight;
      }
      return lastFor(credential)?.associate ?? null;
    },
  };
}
