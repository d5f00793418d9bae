// A leaf without imports: what is deployed and what signs in go to the same places.

/** SuperOffice Online's environments: where the tenant state service and login service of each are. */
export const onlineOrigins = {
  sod: 'https://sod.superoffice.com',
  stage: 'https://qaonline.superoffice.com',
  online: 'https://online.superoffice.com',
} as const;

export type OnlineEnvironment = keyof typeof onlineOrigins;

export const isOnlineEnvironment = (name: string): name is OnlineEnvironment =>
  Object.hasOwn(onlineOrigins, name);

/** A tenant's id, such as `Cust12345`. */
export const customerIdPattern = /^Cust\d{1,10}$/;
