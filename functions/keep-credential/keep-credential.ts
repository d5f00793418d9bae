import { readRenewalRequest } from '../../runtime/renewal-request.ts';
import type { Associate } from '../../superoffice/associate.ts';
import type { CallEnd, LatestStart } from '../../superoffice/call-end.ts';
import { failureOf, refusalOf } from '../../superoffice/failure.ts';

/** What came of the credential, for whoever invoked the function to see; nothing of it is secret. */
export type KeptCredential =
  /** SuperOffice takes it, and says whose it is. `minted`: it took the place of a refused one. */
  | { credential: 'usable' | 'minted'; actingAs: { associateId: number; name: string | null } }
  /** The tenant is down: nothing could be used, and no ticket dies of that alone. */
  | { credential: 'not-tried'; tenant: string }
  /** The version that was refused is not the newest any more: nothing to do. */
  | { credential: 'replaced' };

/** SuperOffice did not say whose credential it is. */
export type Unusable = Exclude<CallEnd<Associate>, { kind: 'ok' }>;

export type KeepCredentialPorts = {
  whoAmI(limits: LatestStart): Promise<CallEnd<Associate>>;
  newestVersionId(): Promise<string>;
  /** Does it, and again where it fails by what may pass while somebody waits. */
  again<Value>(act: () => Promise<Value>): Promise<Value>;
  /**
   * Puts another ticket in the place of what SuperOffice did not take; null where there is nothing to
   * do. Rejects with an error for people. Absent without a system user.
   */
  renew?: ((refused: Unusable, limits: LatestStart) => Promise<Associate | null>) | undefined;
};

/**
 * Uses the credential, so that the six idle hours after which a ticket dies start anew; renews what is
 * refused where that can be done.
 * @param bodies of the messages that ask for it; none by the schedule
 * @throws Error that says what SuperOffice answered: whoever invoked the function tries again.
 */
export async function keepCredential(
  bodies: readonly string[],
  limits: LatestStart,
  { whoAmI, newestVersionId, again, renew }: KeepCredentialPorts,
): Promise<KeptCredential> {
  const refused = bodies.map(readRenewalRequest);
  const tried = await again(async (): Promise<KeptCredential | Unusable> => {
    if (bodies.length > 0 && !refused.includes(await newestVersionId())) {
      return { credential: 'replaced' };
    }
    const end = await whoAmI(limits);
    if (end.kind === 'ok') return { credential: 'usable', actingAs: shown(end.value) };
    if (end.kind === 'tenant-not-running') return { credential: 'not-tried', tenant: end.state };
    const mayBeRenewed = end.kind === 'unauthorized' || end.kind === 'credential-unavailable';
    if (!mayBeRenewed) throw new Error(whyUnusable(end));
    return end;
  });
  if (!('kind' in tried)) return tried;
  if (!renew) throw new Error(whyUnusable(tried));
  // Not as a part of what is done again: it repeats its own steps, and a refused credential is not
  // tried again so soon, which would hide why this one could not be renewed.
  const owner = await renew(tried, limits);
  return owner ? { credential: 'minted', actingAs: shown(owner) } : { credential: 'replaced' };
}

/** In words, for whoever reads the log. */
export function whyUnusable(end: Unusable): string {
  const { code, message } = end.kind === 'refused' ? refusalOf(end) : failureOf(end).error;
  return `The credential could not be used (${code}): ${message}`;
}

/** No user name, which is an e-mail address. */
const shown = ({ associateId, name }: Associate) => ({ associateId, name });
