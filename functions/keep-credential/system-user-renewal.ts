import { createHash } from 'node:crypto';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsCallBound, awsClientBounds } from '../../runtime/aws-client.ts';
import { required } from '../../runtime/environment.ts';
import { nameOf, type Report } from '../../runtime/report.ts';
import { createSecretReader, type SecretVersion } from '../../runtime/secret-reader.ts';
import {
  callTimeoutMs,
  loginServiceOfEnvironment,
  tenantAddressOfEnvironment,
} from '../../runtime/superoffice.ts';
import type { LatestStart } from '../../superoffice/call-end.ts';
import { createSuperOffice } from '../../superoffice/client.ts';
import { systemClock as clock } from '../../superoffice/clock.ts';
import type { Credential } from '../../superoffice/credential.ts';
import { fixedCredential } from '../../superoffice/credential-source.ts';
import { mintTicket, parseKeyMaterial } from '../../superoffice/system-user.ts';
import type { Unusable } from './keep-credential.ts';
import { renewTicket } from './renewal.ts';

/** How a refused ticket is renewed by the system user of the environment; undefined without one. */
export function systemUserRenewal(readSecret: () => Promise<SecretVersion>, report: Report) {
  const { SYSTEM_USER_SECRET_ARN: keyMaterialArn } = process.env;
  const loginService = loginServiceOfEnvironment();
  if (!keyMaterialArn || !loginService) return undefined;
  const readKeyMaterial = createSecretReader(keyMaterialArn);
  const putSecret = createSecretWriter(required('TICKET_SECRET_ARN'));

  return async (refused: Unusable, limits: LatestStart) =>
    await renewTicket(refused, limits, {
      readSecret: () => inWords(readSecret(), 'the credential secret could not be read'),
      async mint() {
        const reading = inWords(readKeyMaterial(), 'the system user secret could not be read');
        const { secretString } = await reading;
        return await mintTicket(loginService, parseKeyMaterial(secretString), callTimeoutMs);
      },
      whoAmI: (credential) =>
        superOfficeAs(credential).whoAmI({ latestStart: clock.now() + callTimeoutMs }),
      putSecret: (...args) =>
        inWords(putSecret(...args), 'the credential secret could not be written'),
      report,
      clock,
    });
}

/** AWS's error by its name: its message may quote ARNs and principals. */
async function inWords<Value>(asking: Promise<Value>, what: string): Promise<Value> {
  try {
    return await asking;
  } catch (error) {
    throw new Error(
      `${nameOf(error)}: ${what}; check that it exists, and that the function may use it (and its key).`,
    );
  }
}

/** A client with a credential that is not in the secret yet. */
function superOfficeAs(credential: Credential) {
  return createSuperOffice({
    credentials: fixedCredential(credential),
    tenantAddress: tenantAddressOfEnvironment(),
    callSpacingMs: 0,
    callTimeoutMs,
    longestPauseMs: 0,
    clock,
  });
}

function createSecretWriter(secretArn: string) {
  const client = new SecretsManagerClient(awsClientBounds);
  return async (secretString: string, refusedVersionId: string): Promise<void> => {
    try {
      await client.send(
        new PutSecretValueCommand({
          SecretId: secretArn,
          SecretString: secretString,
          // The successor of a version has one id, so that of two that are made at once one is put.
          ClientRequestToken: createHash('sha256').update(refusedVersionId).digest('hex'),
        }),
        awsCallBound(),
      );
    } catch (error) {
      if ((error as Error).name !== 'ResourceExistsException') throw error;
    }
  };
}
