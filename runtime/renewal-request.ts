/** Asks keep-credential to put another credential in the place of a refused one. */
export type RenewalRequest = {
  /** The version of the credential secret that SuperOffice refused. */
  refusedVersionId: string;
};

/** The version a request is about; undefined where the body is none. */
export function readRenewalRequest(body: string): string | undefined {
  try {
    const { refusedVersionId } = Object(JSON.parse(body)) as Partial<RenewalRequest>;
    return typeof refusedVersionId === 'string' ? refusedVersionId : undefined;
  } catch {
    return undefined;
  }
}
