import * as v from 'valibot';
import { nameOf } from '../../runtime/report.ts';
import { type Clock, startSpan, type TimeSpan } from '../../superoffice/clock.ts';
import {
  checkedSecret,
  parseSecretObject,
  UnusableSecretError,
} from '../../superoffice/secret-fields.ts';
import { secretPlaceholder } from '../../superoffice/secret-placeholder.ts';
import { singleFlight } from '../../superoffice/single-flight.ts';

/** Fewer can be guessed by whoever has seen one signed body. */
const fewestCharacters = 16;

const what = 'The signing secret';
const expected = `expected at least ${fewestCharacters} characters`;
const secret = v.pipe(v.string(expected), v.minLength(fewestCharacters, expected));
const schema = v.object({
  signingSecret: secret,
  // An empty one is none: it may stay behind when a change is over.
  previousSigningSecret: v.optional(v.union([v.literal(''), secret], expected)),
});

/**
 * The secrets that sign requests, `{"signingSecret": "…", "previousSigningSecret": "…"}`: the second
 * is for the time in which the sender changes over to the first.
 * @throws UnusableSecretError
 */
export function parseSigningSecrets(secretString: string): string[] {
  const given = parseSecretObject(what, '{"signingSecret":"…"}', secretString);
  if ('signingSecret' in given && given.signingSecret === secretPlaceholder) {
    throw new UnusableSecretError(
      'The signing secret still is the placeholder. Fill it: aws secretsmanager put-secret-value ' +
        '--secret-id <HttpIntakeSecretArn> --secret-string \'{"signingSecret":"<the secret of the webhook>"}\'',
    );
  }
  const { signingSecret, previousSigningSecret } = checkedSecret(what, schema, given);
  return previousSigningSecret ? [signingSecret, previousSigningSecret] : [signingSecret];
}

export type SigningSecrets = {
  /** Reads them ahead of the first request. */
  prepare(): Promise<void>;
  /**
   * Whether a request is signed by one of them; `unusable` where there is none to check it with. What
   * does not match may be signed by a newer one: the secret is read again for it, at most once in
   * ten seconds, or in one second where there is none.
   */
  check(isSignedBy: (secrets: readonly string[]) => boolean): Promise<Checked>;
};

export type Checked = 'signed' | 'refused' | 'unusable';

const keptMs = 300_000;
const renewalSpacingMs = 10_000;
/** Where there is none: a sender gives up after five seconds, and somebody may be filling it. */
const missingSpacingMs = 1_000;

/**
 * The secrets as Secrets Manager holds them: kept five minutes, longer while they cannot be read
 * again. What was read and cannot be used takes the place of what was there: somebody took it away.
 * @param options.onUnusable told once a read
 */
export function createSigningSecrets({
  readSecret,
  onUnusable,
  clock,
}: {
  readSecret: () => Promise<string>;
  onUnusable: (reason: string) => void;
  clock: Pick<Clock, 'now'>;
}): SigningSecrets {
  let kept: { secrets: string[]; fresh: TimeSpan } | undefined;
  let pause = startSpan(clock, 0);

  const reading = singleFlight(async () => {
    try {
      kept = { secrets: parseSigningSecrets(await readSecret()), fresh: startSpan(clock, keptMs) };
    } catch (error) {
      const isTakenAway =
        error instanceof UnusableSecretError || nameOf(error) === 'ResourceNotFoundException';
      if (isTakenAway) kept = undefined;
      if (kept) kept.fresh = startSpan(clock, renewalSpacingMs);
      else pause = startSpan(clock, missingSpacingMs);
      onUnusable(
        error instanceof UnusableSecretError
          ? error.message
          : `${nameOf(error)}: the signing secret could not be read; check that it exists and that the function may read it.`,
      );
    }
  });

  const renew = () => {
    pause = startSpan(clock, renewalSpacingMs);
    return reading.run();
  };

  return {
    async prepare() {
      await reading.run();
      // It was for no request: the first one may have it read again.
      pause = startSpan(clock, 0);
    },
    async check(isSignedBy) {
      const isSignedByKept = () => kept !== undefined && isSignedBy(kept.secrets);
      if (kept?.fresh.isOver()) await renew();
      if (isSignedByKept()) return 'signed';
      if (reading.isUnderWay() || pause.isOver()) {
        await renew();
        if (isSignedByKept()) return 'signed';
      }
      return kept ? 'refused' : 'unusable';
    },
  };
}
