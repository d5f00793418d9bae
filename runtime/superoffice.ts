import { createSuperOffice, type SuperOffice } from '../superoffice/client.ts';
import { systemClock } from '../superoffice/clock.ts';
import { openConnection } from '../superoffice/connections.ts';
import { exchange } from '../superoffice/exchange.ts';
import type { LoginService } from '../superoffice/login-service.ts';
import { freshSandboxWaitMs } from '../superoffice/pace.ts';
import { fixedTenant, onlineTenant } from '../superoffice/tenant-address.ts';
import { createReportedCredentials } from './credential-secret.ts';
import { required } from './environment.ts';
import type { Report } from './report.ts';
import { createSecretReader } from './secret-reader.ts';

/** One call to SuperOffice, answer included. */
export const callTimeoutMs = 5_000;

/**
 * The client for the SuperOffice and the secret that the environment names.
 * @throws Error that names the variable that is missing.
 */
export function superOfficeOfEnvironment(options: {
  report: Report;
  callSpacingMs: number;
  longestPauseMs: number;
  /** Told of every call. */
  onCall?: () => void;
  /** Asks for another credential in the place of the version that SuperOffice refused. */
  askForAnother?: ((refusedVersionId: string) => Promise<void>) | undefined;
}): SuperOffice {
  return createSuperOffice({
    credentials: createReportedCredentials({
      readSecret: createSecretReader(required('TICKET_SECRET_ARN')),
      report: options.report,
      loginService: loginServiceOfEnvironment(),
      timeoutMs: callTimeoutMs,
      askForAnother: options.askForAnother,
      clock: systemClock,
    }),
    tenantAddress: tenantAddressOfEnvironment(),
    callSpacingMs: options.callSpacingMs,
    firstCallInMs: freshSandboxWaitMs(options.callSpacingMs, process.uptime() * 1000),
    callTimeoutMs,
    longestPauseMs: options.longestPauseMs,
    clock: systemClock,
    openConnection,
    exchange(request) {
      options.onCall?.();
      return exchange(request);
    },
  });
}

/** SuperOffice Online's login service; undefined where the tenant is at a fixed address. */
export function loginServiceOfEnvironment(): LoginService | undefined {
  const { LOGIN_SERVICE_URL } = process.env;
  return LOGIN_SERVICE_URL ? { loginUrl: LOGIN_SERVICE_URL, clock: systemClock } : undefined;
}

/** The fixed address, or the one the tenant state service gives. */
export function tenantAddressOfEnvironment() {
  const { WEB_API_URL, TENANT_STATE_URL } = process.env;
  if (WEB_API_URL) return fixedTenant(WEB_API_URL);
  if (TENANT_STATE_URL) {
    return onlineTenant({
      stateUrl: TENANT_STATE_URL,
      timeoutMs: callTimeoutMs,
      clock: systemClock,
    });
  }
  throw new Error('Environment: expected WEB_API_URL or TENANT_STATE_URL, found neither.');
}
