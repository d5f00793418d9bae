import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { close, keepAliveTimeoutMs, type ListenOptions, listen } from '../http-server.ts';
import { appToken } from '../superoffice/authorize.ts';
import type { Tenant } from '../superoffice/tenant.ts';
import { createAuthorizations } from './authorizations.ts';
import { generateKey, toPem, toXml } from './keys.ts';
import type { LoginAnswer } from './login-answer.ts';
import { clientId, registeredRedirectUri } from './registration.ts';
import {
  type AuthorizeErrorCode,
  authenticateSystemUser,
  systemUserTokenOf,
} from './system-user.ts';

/** What can go wrong with one request. */
export type LoginFault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body: string | object }
  | { kind: 'hang' }
  | { kind: 'reset' };

/** Asked once per request, with its path; undefined lets it go well. */
export type LoginFaultPlan = (path: string) => LoginFault | undefined;

/** SuperOffice Online's login service, for one tenant and one application. */
export type LoginServiceStandIn = {
  /** In the place of `https://{sod|qaonline|online}.superoffice.com`. */
  readonly loginUrl: string;
  /** Paths so far, and what was answered. */
  readonly calls: { path: string; status: number | undefined }[];
  /** The associate consents: what the secret of a refresh token holds. */
  consent(associateName: string): { refreshToken: string; clientId: string; clientSecret: string };
  /** Withdraws every consent so far. Access tokens that were given live on. */
  revoke(): void;
  /** Puts another refresh token into every answer from now on, and keeps the old ones valid. */
  giveOtherRefreshTokens(): void;
  /** What the secret of a system user holds. */
  keyMaterial(format?: 'pem' | 'xml'): {
    systemUserToken: string;
    privateKey: string;
    applicationToken: string;
    customerId: string;
  };
  /** Refuses the system user from now on, for this reason; undefined lets it sign in again. */
  refuseSystemUser(reason: AuthorizeErrorCode | undefined): void;
  setFault(plan: LoginFaultPlan | undefined): void;
  close(): Promise<void>;
};

/** Starts the login service on this machine. */
export async function startLoginService(
  options: ListenOptions & {
    tenant: Tenant;
    accessTokenSeconds?: number;
    /** The associate that the system user's tickets are of. */
    systemUser?: string;
    /** Who signs in, and consents, at the authorize endpoint; nobody does unless told. */
    signsIn?: string;
    /** Registered for the application: where a sign-in may come back to. */
    redirectUri?: string;
  },
): Promise<LoginServiceStandIn> {
  const { tenant, accessTokenSeconds = 3_600, systemUser = 'system' } = options;
  const { signsIn, redirectUri = registeredRedirectUri } = options;
  const calls: LoginServiceStandIn['calls'] = [];
  const closing = new AbortController();
  const key = generateKey();
  const authorizations = createAuthorizations({
    tenant,
    accessTokenSeconds,
    key,
    signsIn,
    redirectUri,
  });
  let plan: LoginFaultPlan | undefined;
  let refusal: AuthorizeErrorCode | undefined;

  const answer = async (request: IncomingMessage, url: URL): Promise<LoginAnswer> => {
    const body = await text(request);
    switch (`${request.method} ${url.pathname.toLowerCase()}`) {
      case 'GET /login/common/oauth/authorize':
        return authorizations.authorize(url.searchParams);
      case 'POST /login/common/oauth/tokens':
        return authorizations.tokens(new URLSearchParams(body));
      case 'POST /login/api/partnersystemuser/authenticate':
        return authenticateSystemUser(body, { tenant, systemUser, key, refusal });
      default:
        return { status: 404, body: '<html>File or directory not found.</html>' };
    }
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const call: LoginServiceStandIn['calls'][number] = { path: url.pathname, status: undefined };
    calls.push(call);
    const fault = plan?.(url.pathname);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const { status, headers, body } = fault ?? (await answer(request, url));
    call.status = status;
    const isJson = typeof body === 'object';
    response.writeHead(status, {
      'content-type': isJson ? 'application/json; charset=utf-8' : 'text/html',
      ...headers,
    });
    response.end(isJson ? JSON.stringify(body) : body);
  };

  const server = createServer({ keepAliveTimeout: keepAliveTimeoutMs }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (closing.signal.aborted || response.destroyed || request.destroyed) return;
      console.error('The login service stand-in failed', error);
      response.destroy();
    });
  });
  const loginUrl = await listen(server, options);
  return {
    loginUrl,
    calls,
    consent: (associateName) => ({
      refreshToken: authorizations.consent(associateName),
      clientId,
      clientSecret: appToken,
    }),
    revoke: authorizations.revoke,
    giveOtherRefreshTokens: authorizations.giveOtherRefreshTokens,
    keyMaterial: (format = 'pem') => ({
      systemUserToken: systemUserTokenOf(tenant),
      privateKey: format === 'xml' ? toXml(key) : toPem(key),
      applicationToken: appToken,
      customerId: tenant.customerId,
    }),
    refuseSystemUser: (reason) => {
      refusal = reason;
    },
    setFault: (next) => {
      plan = next;
    },
    async close() {
      closing.abort();
      await close(server);
    },
  };
}
