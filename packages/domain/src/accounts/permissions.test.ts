import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACTIONS, grantOf, SCOPES, type Action } from './actions.ts'
import {
  can,
  decide,
  organisationsWith,
  permissionFor,
  scopesWithin,
  type AccessRule,
  type Decision,
} from './permissions.ts'
import type { AccountPrincipal, Principal, TokenPrincipal } from './principal.ts'
import { ORGANISATION_ROLES, PLATFORM_ROLES } from './roles.ts'

function anAccount(account: Partial<AccountPrincipal>): AccountPrincipal {
  return {
    kind: 'account',
    accountId: 'a1',
    sessionId: 's1',
    name: 'Anna',
    roles: [],
    memberships: [],
    hasSecondFactor: true,
    factorOrganisationId: null,
    verifiedAt: 0,
    ...account,
  }
}

function aToken(token: Partial<TokenPrincipal>): TokenPrincipal {
  return { kind: 'token', tokenId: 't1', name: 'gate', scopes: [], organisationId: null, feedId: null, ...token }
}

const memberOf = (organisationId: string, role: (typeof ORGANISATION_ROLES)[number]): AccountPrincipal =>
  anAccount({ memberships: [{ organisationId, role }] })

describe('a route', () => {
  it.each<[AccessRule, Decision[]]>([
    ['public', ['allow', 'allow', 'allow', 'allow', 'allow', 'allow']],
    ['rider', ['allow', 'allow', 'allow', 'allow', 'allow', 'deny']],
    ['own-rider', ['deny', 'allow', 'deny', 'deny', 'deny', 'deny']],
    ['own-account', ['deny', 'deny', 'allow', 'allow', 'allow', 'deny']],
    ['readings:write', ['deny', 'deny', 'deny', 'deny', 'allow', 'allow']],
    ['members:write', ['deny', 'deny', 'deny', 'allow', 'allow', 'deny']],
  ])('with the access %s: anonymous, rider, viewer, owner, admin, token %j', (access, decisions) => {
    const columns = ['anonymous', 'rider', 'viewer', 'owner', 'admin', 'token'] as const
    expect(columns.map((column) => decide(access, column))).toEqual(decisions)
  })
})

describe('a permission', () => {
  it('within an organisation ends at its border', () => {
    const owner = memberOf('o1', 'owner')
    expect(permissionFor(owner, 'members:write', { organisationId: 'o1' })).toBe('allow')
    expect(permissionFor(owner, 'members:write', { organisationId: 'o2' })).toBe('other-organisation')
    expect(permissionFor(owner, 'members:write', { organisationId: null })).toBe('other-organisation')
    expect(permissionFor(owner, 'members:write')).toBe('allow')
  })

  it('of any role is missing on a session without a second factor, except for the own account', () => {
    for (const role of ORGANISATION_ROLES) {
      const member = { ...memberOf('o1', role), hasSecondFactor: false }
      expect(permissionFor(member, 'members:read', { organisationId: 'o1' }), role).toBe('second-factor')
      expect(permissionFor(member, 'own-account'), role).toBe('allow')
    }
    const admin = anAccount({ roles: ['admin'], hasSecondFactor: false })
    expect(permissionFor(admin, 'accounts:write')).toBe('second-factor')
  })

  it('through the second factor of an identity provider ends at the border of its organisation', () => {
    const through = { hasSecondFactor: false, factorOrganisationId: 'o1' }
    const member = anAccount({
      ...through,
      memberships: [
        { organisationId: 'o1', role: 'owner' },
        { organisationId: 'o2', role: 'owner' },
      ],
    })
    expect(permissionFor(member, 'members:write', { organisationId: 'o1' })).toBe('allow')
    expect(permissionFor(member, 'members:write', { organisationId: 'o2' })).toBe('second-factor')
    expect(permissionFor(member, 'members:write')).toBe('allow')
    expect(organisationsWith(member, 'audit:read')).toEqual(['o1'])
    const admin = anAccount({ ...through, roles: ['admin'], memberships: [{ organisationId: 'o1', role: 'viewer' }] })
    expect(permissionFor(admin, 'accounts:read')).toBe('second-factor')
    expect(permissionFor(admin, 'members:write', { organisationId: 'o1' })).toBe('second-factor')
    expect(permissionFor(admin, 'members:read', { organisationId: 'o1' })).toBe('allow')
  })

  it('needs a sign-in, except for tokens', () => {
    expect(permissionFor({ kind: 'anonymous' }, 'own-account')).toBe('sign-in')
    expect(permissionFor({ kind: 'rider', riderId: 'r1' }, 'accounts:read')).toBe('sign-in')
    expect(permissionFor(aToken({}), 'accounts:read')).toBe('not-allowed')
  })

  it('of the auditor is to read everything and to change nothing', () => {
    for (const action of ACTIONS) {
      if (action === 'own-account') continue
      expect(grantOf(action, 'auditor')).toBe(action.endsWith(':read') ? 'yes' : undefined)
    }
  })

  it('of each role in an organisation includes that of the one before', () => {
    for (const action of ACTIONS) {
      const granted = ORGANISATION_ROLES.map((role) => grantOf(action, role) !== undefined)
      expect(granted, action).toEqual(granted.toSorted((a, b) => Number(a) - Number(b)))
    }
  })
})

describe('a list', () => {
  const member = anAccount({
    memberships: [
      { organisationId: 'o1', role: 'owner' },
      { organisationId: 'o2', role: 'viewer' },
    ],
  })

  it.each<[string, Principal, Action, 'all' | string[]]>([
    ['of a member has their organisations', member, 'members:read', ['o1', 'o2']],
    ['has only those in which the role allows it', member, 'audit:read', ['o1']],
    ['of a member without a second factor is empty', { ...member, hasSecondFactor: false }, 'members:read', []],
    ['of an auditor has all', anAccount({ roles: ['auditor'] }), 'members:read', 'all'],
    [
      'of an admin without a second factor is empty',
      anAccount({ roles: ['admin'], hasSecondFactor: false }),
      'members:read',
      [],
    ],
    [
      'of a token has its organisation',
      aToken({ organisationId: 'o1', scopes: ['members:read'] }),
      'members:read',
      ['o1'],
    ],
    ['of a token of the installation has all', aToken({ scopes: ['members:read'] }), 'members:read', 'all'],
    ['of a token without the scope is empty', aToken({ organisationId: 'o1' }), 'members:read', []],
    ['of a rider is empty', { kind: 'rider', riderId: 'r1' }, 'members:read', []],
  ])('%s', (_name, principal, action, organisations) => {
    expect(organisationsWith(principal, action)).toEqual(organisations)
  })

  it('of a member of 10,000 does not take quadratic time, which would be longer than a test may take', () => {
    const memberships = Array.from({ length: 10_000 }, (_, i) => ({ organisationId: `o${i}`, role: 'owner' }) as const)
    expect(organisationsWith(anAccount({ memberships }), 'audit:read')).toHaveLength(10_000)
  })
})

const anyAccount = fc.record({
  roles: fc.subarray([...PLATFORM_ROLES]),
  memberships: fc.array(
    fc.record({ organisationId: fc.constantFrom('o1', 'o2'), role: fc.constantFrom(...ORGANISATION_ROLES) }),
    { maxLength: 2 },
  ),
  hasSecondFactor: fc.boolean(),
  factorOrganisationId: fc.constantFrom(null, 'o1', 'o2'),
})

describe('a token', () => {
  it('never has an action of people', () => {
    const everything: Principal = aToken({ scopes: SCOPES })
    for (const action of ['own-account', 'accounts:write', 'members:write', 'tokens:write'] as const)
      expect(can(everything, action)).toBe(false)
  })

  it('may never do more than its creator', () => {
    fc.assert(
      fc.property(anyAccount, fc.constantFrom('o1', 'o2', null), (account, organisationId) => {
        const creator = anAccount(account)
        const object = { organisationId }
        const token = aToken({ organisationId, scopes: scopesWithin([...ACTIONS], creator, object) })
        for (const action of ACTIONS) if (can(token, action, object)) expect(can(creator, action, object)).toBe(true)
      }),
    )
  })

  it('of an organisation has no action on the whole installation, also if its creator is an admin', () => {
    const wide = ['monitoring:read', 'readings:write'] as const
    const admin = anAccount({ roles: ['admin'] })
    expect(scopesWithin(wide, admin, { organisationId: 'o1' })).toEqual([])
    expect(scopesWithin(wide, admin, { organisationId: null })).toEqual(wide)
    for (const action of wide) {
      expect(permissionFor(aToken({ organisationId: 'o1', scopes: wide }), action)).toBe('not-allowed')
      expect(permissionFor(aToken({ scopes: wide }), action)).toBe('allow')
    }
  })

  it('of an organisation ends at its border', () => {
    const token = aToken({ organisationId: 'o1', scopes: ['zones:write' satisfies Action] })
    expect(can(token, 'zones:write', { organisationId: 'o1' })).toBe(true)
    expect(permissionFor(token, 'zones:write', { organisationId: 'o2' })).toBe('other-organisation')
  })
})
