import { createHash, randomUUID } from 'node:crypto';
import { accountId, region } from './aws-account.ts';
import { AwsJsonError } from './aws-json.ts';

/** What Secrets Manager refuses, or fails with. */
export const secretsManagerError = (type: string) =>
  new AwsJsonError(type, messages[type] ?? 'The request was refused.', {
    status: type === 'InternalServiceError' ? 500 : 400,
    messageField: 'Message',
  });

const messages: Record<string, string> = {
  ResourceNotFoundException: "Secrets Manager can't find the specified secret.",
  AccessDeniedException: 'User is not authorized to perform this operation.',
  ThrottlingException: 'Rate exceeded',
  ResourceExistsException: 'A version with that id exists, and holds something else.',
  InternalServiceError: 'An error occurred on the server side.',
};

interface Version {
  VersionId: string;
  SecretString: string;
  /** Epoch seconds, as the protocol has it. */
  CreatedDate: number;
}

/** Secrets and their last two values. */
export interface SecretStore {
  get(id: string, stage?: string, versionId?: string): Version & { ARN: string; Name: string };
  describe(id: string): object;
  /** @param createdAt epoch milliseconds; now unless told otherwise */
  put(id: string, value: string, versionId?: string, createdAt?: number): object;
}

const yesterday = () => Date.now() - 24 * 60 * 60 * 1000;

/**
 * Keeps secrets by ARN or name; one kept by its ARN is found by its name as well. Those it begins with
 * are a day old.
 */
export function createSecretStore(secrets: Record<string, string>): SecretStore {
  /** Newest first: AWSCURRENT, then AWSPREVIOUS. */
  const kept = new Map<string, Version[]>();

  const keyOf = (id: string) => [...kept.keys()].find((key) => key === id || nameOf(key) === id);
  const versionsOf = (id: string) => {
    const key = keyOf(id);
    const versions = key === undefined ? undefined : kept.get(key);
    if (key === undefined || versions === undefined) {
      throw secretsManagerError('ResourceNotFoundException');
    }
    return { ARN: arnOf(key), Name: nameOf(key), versions };
  };
  const put = (
    id: string,
    value: string,
    versionId: string = randomUUID(),
    createdAt = Date.now(),
  ) => {
    const key = keyOf(id) ?? id;
    const same = kept.get(key)?.find(({ VersionId }) => VersionId === versionId);
    if (same && same.SecretString !== value) {
      throw secretsManagerError('ResourceExistsException');
    }
    const version = { VersionId: versionId, SecretString: value, CreatedDate: createdAt / 1000 };
    if (!same) kept.set(key, [version, ...(kept.get(key) ?? [])].slice(0, 2));
    return {
      ARN: arnOf(key),
      Name: nameOf(key),
      VersionId: versionId,
      VersionStages: ['AWSCURRENT'],
    };
  };

  for (const [id, value] of Object.entries(secrets)) put(id, value, randomUUID(), yesterday());
  return {
    put,
    get(id, stage = 'AWSCURRENT', versionId) {
      const { ARN, Name, versions } = versionsOf(id);
      const index =
        versionId === undefined
          ? stages.indexOf(stage)
          : versions.findIndex(({ VersionId }) => VersionId === versionId);
      const version = versions[index];
      if (version === undefined) throw secretsManagerError('ResourceNotFoundException');
      return { ARN, Name, ...version, VersionStages: [stages[index]] };
    },
    describe(id) {
      const { ARN, Name, versions } = versionsOf(id);
      const stagesById = versions.map(({ VersionId }, index) => [VersionId, [stages[index]]]);
      return {
        ARN,
        Name,
        RotationEnabled: false,
        LastChangedDate: versions[0]?.CreatedDate,
        VersionIdsToStages: Object.fromEntries(stagesById),
      };
    },
  };
}

const stages = ['AWSCURRENT', 'AWSPREVIOUS'];

/** The name within an ARN, without the six characters AWS adds. */
function nameOf(id: string): string {
  return /^arn:.*:secret:(.+)-\w{6}$/.exec(id)?.[1] ?? id;
}

/** An ARN for a secret known by name only; the same name always gets the same one. */
function arnOf(id: string): string {
  if (id.startsWith('arn:')) return id;
  const suffix = createHash('sha256').update(id).digest('hex').slice(0, 6);
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:${id}-${suffix}`;
}
