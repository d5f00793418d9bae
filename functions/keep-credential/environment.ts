import type { SuperOfficeEnvironment } from '../../runtime/environment.ts';

/** What the stack tells this function, as environment variables. */
export type KeepCredentialEnvironment = SuperOfficeEnvironment & {
  /** ARN of the key material of a system user; absent where the deployment has none. */
  SYSTEM_USER_SECRET_ARN?: string;
};
