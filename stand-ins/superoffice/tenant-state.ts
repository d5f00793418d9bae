import type { Tenant } from './tenant.ts';

/** What the tenant state service says; tests change it at will. */
export interface TenantState {
  State: string;
  IsRunning: boolean;
  /** How far ahead `ValidUntil` lies. */
  validForSeconds: number;
  /** Base address of the WebAPI. Online, a call to any other host gets a 421. */
  Api: string;
}

/** The seven fields of `GET /api/state/{customerId}`. Of another customer it knows nothing. */
export function toStateBody(customerId: string | undefined, tenant: Tenant, state: TenantState) {
  const known = customerId?.toLowerCase() === tenant.customerId.toLowerCase();
  const validUntil = tenant.now() + state.validForSeconds * 1000;
  return {
    ContextIdentifier: customerId,
    Endpoint: known ? state.Api.replace(/\/api$/, '') : null,
    State: known ? state.State : 'Unknown',
    IsRunning: known && state.IsRunning,
    // .NET writes seven digits after the second, which not every parser takes.
    ValidUntil: new Date(validUntil).toISOString().replace('Z', '0000Z'),
    Api: known ? state.Api : null,
    Version: 'Release_0.0_stand-in',
  };
}

/** What `GET /api` tells anybody. */
export const toVersionBody = (state: TenantState) => ({
  v1: `${state.Api}/v1/`,
  NetServerVersion: '0.0.0.0',
  NetServerLabel: 'Release_0.0_stand-in',
  Services: 'Services87',
  ServicesCurrent: 'Services88',
  Version: 'v1',
});
