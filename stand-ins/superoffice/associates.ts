/**
 * Someone chat sessions can belong to or be transferred to.
 *
 * `ejUserId` never equals `associateId`: SuperOffice keys its chat tables by the former and
 * TransferTo takes the latter, so code that mixes them up must fail here too.
 */
export interface SeedAssociate {
  associateId: number;
  ejUserId: number;
  /** Initials, also the login name. */
  name: string;
  /** The Online user name, usually an e-mail address; null on-site. */
  userName: string | null;
  /** What a chat manager may do by the API is not documented; see `UndocumentedAnswers`. */
  manager: boolean;
  /** An integration without a person behind it. */
  system: boolean;
}

const associate = (
  associateId: number,
  name: string,
  userName: string | null,
  kind: { manager?: boolean; system?: boolean } = {},
): SeedAssociate => ({
  associateId,
  ejUserId: associateId + 100,
  name,
  userName,
  manager: kind.manager ?? false,
  system: kind.system ?? false,
});

/** The tenant's associates. `router` is the one whose ticket the function under test carries. */
export const associates: readonly SeedAssociate[] = [
  associate(7, 'router', 'router@stand-in.example', { manager: true }),
  associate(8, 'ann', 'ann.fake@stand-in.example'),
  associate(9, 'ben', null),
  associate(10, 'cho', 'Cho.Fake@stand-in.example'),
  associate(11, 'dee', null),
  associate(12, 'eli', 'eli.fake@stand-in.example'),
  associate(13, 'system', null, { system: true }),
  // Somebody named like an id, and the somebody who has that id: digits are read as an id here.
  associate(14, '15', null),
  associate(15, 'fay', 'fay.fake@stand-in.example'),
];

/** Finds whom `toAssociate` means: digits are an id, anything else a name in any case. */
export function findAssociate(
  all: readonly SeedAssociate[],
  toAssociate: string,
): SeedAssociate | undefined {
  if (/^\d+$/.test(toAssociate)) {
    return all.find(({ associateId }) => associateId === Number(toAssociate));
  }
  const wanted = toAssociate.toLowerCase();
  return all.find(
    ({ name, userName }) => name.toLowerCase() === wanted || userName?.toLowerCase() === wanted,
  );
}

/** The `Associate` carrier, all 16 keys. */
export function toAssociateCarrier(who: SeedAssociate) {
  return {
    AssociateId: who.associateId,
    Name: who.name,
    PersonId: who.system ? 0 : who.associateId + 1000,
    Rank: who.associateId,
    Tooltip: '',
    Type: who.system ? 'SystemAssociate' : 'InternalAssociate',
    GroupIdx: 2,
    FullName: `Fake ${who.name}`,
    FormalName: `Fake ${who.name}, stand-in`,
    Deleted: false,
    EjUserId: who.ejUserId,
    UserName: who.userName,
    ExtraFields: {},
    CustomFields: {},
    TableRight: null,
    FieldProperties: {},
  };
}

/** What `User/currentPrincipal` says of a caller (`SoPrincipalCarrier`). */
export function toPrincipalCarrier(who: SeedAssociate, customerId: string) {
  return {
    UserType: who.system ? 'SystemAssociate' : 'InternalAssociate',
    // Here `Associate` is a string, the login name; elsewhere it is a carrier.
    Associate: who.name,
    AssociateId: who.associateId,
    IsPerson: !who.system,
    PersonId: who.system ? 0 : who.associateId + 1000,
    CountryId: 578,
    HomeCountryId: 578,
    ContactId: 2,
    GroupId: 2,
    BusinessId: 2,
    CategoryId: 1,
    ContactOwner: 0,
    RoleId: 1,
    RoleName: 'User level 0',
    RoleDescription: '',
    RoleType: 'Employee',
    Licenses: [],
    FullName: `Fake ${who.name}`,
    EMailAddress: `${who.name}.mail@stand-in.example`,
    FunctionRights: [],
    EjUserId: who.ejUserId,
    EjAccessLevel: 1,
    EjUserStatus: 'StatusNormal',
    ProvidedCredentials: [],
    SecondaryGroups: [],
    DatabaseContextIdentifier: customerId,
    UserName: who.userName,
  };
}
