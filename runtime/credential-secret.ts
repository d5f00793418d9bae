import { createAccessTokens } from '../superoffice/access-tokens.ts';
import type { Clock } from '../superoffice/clock.ts';
import { type CredentialSource, createCredentialSource } from '../superoffice/credential-source.ts';
import type { LoginService } from '../superoffice/login-service.ts';
import { requestTokens } from '../superoffice/tokens.ts';
import type { Report } from './report.ts';
import type { SecretVersion } from './secret-reader.ts';

export type ReportedCredentialsOptions = {
  readSecret: () => Promise<SecretVersion>;
  report: Report;
  /** Where access tokens come from; SuperOffice Online alone has one. */
  loginService?: LoginService | undefined;
  /** For reading the secret and fetching an access token together. */
  timeoutMs: number;
  /** Asks for another credential in the place of the version that SuperOffice refused. */
  askForAnother?: ((refusedVersionId: string) => Promise<void>) | undefined;
  clock: Clock;
};

/** The credential a secret holds; its troubles are logged, and counted for the alarms. */
export function createReportedCredentials(options: ReportedCredentialsOptions): CredentialSource {
  const { readSecret, report, loginService, timeoutMs, clock } = options;
  let versionId = '';

  const refused = (reason: string) => {
    report.problem('SuperOffice refused the newest credential the secret holds', { reason });
    report.count('TicketRefused');
  };
  return createCredentialSource({
    async readSecret() {
      const read = await readSecret();
      versionId = read.versionId;
      return read.secretString;
    },
    accessTokens:
      loginService &&
      createAccessTokens({
        requestTokens: (refreshToken, timeoutMs) =>
          requestTokens(loginService, { grant: 'refresh token', ...refreshToken }, timeoutMs),
        onOtherRefreshToken() {
          report.problem('the login service gave another refresh token; the secret keeps its own', {
            reason: 'Should the one in the secret be refused, sign in again.',
          });
          report.count('OtherRefreshToken');
        },
        clock,
      }),
    timeoutMs,
    onUnavailable(reason) {
      report.problem('the credential secret could not be used', { reason });
      report.count('TicketUnavailable');
    },
    async onRefused() {
      refused('SuperOffice answered 401.');
      if (!options.askForAnother) return undefined;
      await options.askForAnother(versionId);
      return 'on-its-way';
    },
    onLoginRefused: refused,
    clock,
  });
}
