import type { Report } from '../../runtime/report.ts';
import type { SecretVersion } from '../../runtime/secret-reader.ts';
import type { Associate } from '../../superoffice/associate.ts';
import type { CallEnd, LatestStart } from '../../superoffice/call-end.ts';
import type { Clock } from '../../superoffice/clock.ts';
import {
  type Credential,
  PlaceholderError,
  parseCredential,
} from '../../superoffice/credential.ts';
import { type Unusable, whyUnusable } from './keep-credential.ts';
import { repeat } from './repeat.ts';

export type RenewalPorts = {
  readSecret(): Promise<SecretVersion>;
  /** Has the login service make a ticket. Rejects with an error for people. */
  mint(): Promise<{ ticket: string; credential: Credential }>;
  whoAmI(credential: Credential): Promise<CallEnd<Associate>>;
  /** Puts the next version; where another took that place meanwhile, it stays. */
  putSecret(secretString: string, refusedVersionId: string): Promise<void>;
  report: Report;
  clock: Pick<Clock, 'now' | 'sleep'>;
};

/** A ticket that is refused so soon after it was made: another one would be, too. */
const youngMs = 600_000;

/**
 * Puts another ticket of the system user in the place of one that SuperOffice refuses, or of the
 * placeholder of a new deployment; null where somebody has put another version meanwhile.
 * @throws Error for people, counted for its alarm, where it cannot be done or must not be.
 */
export async function renewTicket(
  refused: Unusable,
  { latestStart }: LatestStart,
  ports: RenewalPorts,
): Promise<Associate | null> {
  const { report, clock } = ports;
  const limits = { clock, until: latestStart };
  const version = await ports.readSecret();
  const standing = standingOf(version, refused);
  if (standing === 'another') return null;
  if (standing === 'not-replaced') throw new Error(whyUnusable(refused));
  try {
    if (standing === 'refused-ticket' && version.createdAt > clock.now() - youngMs) {
      throw new Error(
        `${whyUnusable(refused)} The ticket in the secret is younger than ten minutes, so that none is made in its place yet: see whether the system user may sign in.`,
      );
    }
    const { ticket, credential } = await repeat(ports.mint, limits);
    const owner = await repeat(async () => {
      const end = await ports.whoAmI(credential);
      if (end.kind === 'ok') return end.value;
      throw new Error(`A new ticket was made and not put in place. ${whyUnusable(end)}`);
    }, limits);
    const secret = JSON.stringify({ ticket, appToken: credential.appToken });
    await repeat(() => ports.putSecret(secret, version.versionId), limits);
    report.info('the ticket was renewed', { associateId: owner.associateId });
    return owner;
  } catch (error) {
    report.count('TicketNotMinted');
    throw error;
  }
}

/** What the newest version holds: nothing is replaced but a ticket that was refused, and the placeholder. */
function standingOf(
  { secretString }: SecretVersion,
  refused: Unusable,
): 'placeholder' | 'refused-ticket' | 'another' | 'not-replaced' {
  try {
    const held = parseCredential(secretString);
    if (refused.kind !== 'unauthorized') return 'not-replaced';
    if ('refreshToken' in held) return 'not-replaced';
    if (held.authorization !== refused.credential.authorization) return 'another';
    return held.authorization.startsWith('SOTicket ') ? 'refused-ticket' : 'not-replaced';
  } catch (error) {
    return error instanceof PlaceholderError ? 'placeholder' : 'not-replaced';
  }
}
