import { readFileSync } from 'node:fs'
import path from 'node:path'
import { paths } from '@kickstand/contract'
import {
  decide,
  grantOf,
  isForInstallation,
  isScope,
  ORGANISATION_ROLES,
  PLATFORM_ROLES,
  PRINCIPALS,
  SCOPES,
  type AccessRule,
  type AccountRole,
  type Action,
  type PrincipalKind,
} from '@kickstand/domain'
import { AN_ACTOR, aSource } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { testSettings } from '@kickstand/testkit/start-service'
import { fastify } from 'fastify'
import { beforeAll, describe, expect, it } from 'vitest'
import { accessRows, accessTable } from '#app/access-table.ts'
import { listAccess } from '#app/list-access.ts'
import { createToken } from '#features/tokens/create-token.ts'
import { registerAccess, STEP_UP_MS, type RouteAccess } from '#http/auth/access.ts'
import { parseConfig } from '#platform/config.ts'
import { credentialsOf, NO_ID, sendSample, type Headers, type Outcome, type Sample } from './support/access-requests.ts'
import { anOrganisation, aSignedInAccount } from './support/people.ts'
import { aBrowser } from './support/push-service.ts'
import { useService } from './support/use-service.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const SPOT = { lat: 48.1, lng: 11.5 }
const ZONE = { id: 'zone000001', capacity: 20, ...SPOT }
const FEED = aSource().id
/** Id of an account or invitation that does not exist. */
const NO_PERSON = '0'.repeat(17)
const SECRET = { secret: 'x'.repeat(43) }
const REASON = { reason: 'test' }
/** Knows no credentials. */
const NOBODY = { session: () => Promise.resolve(null), token: () => Promise.resolve(null) }
const routes = await listAccess(parseConfig(testSettings('sqlite::memory:'), ROOT))

/**
 * What each route needs besides credentials. A route that is missing here fails the test. `{organisationId}` and ids need nothing:
 * see `sendSample`.
 */
const SAMPLES: Readonly<Record<string, Sample>> = {
  'GET /healthz': {},
  'GET /readyz': {},
  'POST /v1/links/read': { body: SECRET },
  'POST /v1/links/passkey-options': { body: SECRET },
  'POST /v1/links/accept': { body: { ...SECRET, name: 'Anna', password: 'correct horse battery' } },
  'POST /v1/account/memberships': { body: SECRET },
  'DELETE /v1/account/memberships/{organisationId}': {},
  'GET /v1/organisations': {},
  'POST /v1/organisations': { body: { name: 'City' } },
  'GET /v1/organisations/{organisationId}': {},
  'PATCH /v1/organisations/{organisationId}': { body: { name: 'City' } },
  'GET /v1/organisations/{organisationId}/members': {},
  'PUT /v1/organisations/{organisationId}/members/{accountId}': { body: { role: 'viewer' } },
  'DELETE /v1/organisations/{organisationId}/members/{accountId}': { body: REASON },
  'POST /v1/organisations/{organisationId}/members/{accountId}/recovery': { body: REASON },
  'GET /v1/organisations/{organisationId}/invitations': {},
  'POST /v1/organisations/{organisationId}/invitations': { body: { email: 'new@example.org', role: 'viewer' } },
  'DELETE /v1/organisations/{organisationId}/invitations/{id}': {},
  'GET /openapi.json': {},
  'GET /v1/zones/nearby': { path: `${paths.nearby()}?lat=${SPOT.lat}&lng=${SPOT.lng}` },
  'GET /v1/zones': { path: `${paths.zones()}?bbox=11,48,12,49` },
  'GET /v1/zones/{id}': { path: paths.zone(ZONE.id) },
  'GET /v1/tiles/zones/{z}/{x}/{y}.mvt': { path: paths.zoneTile(13, 4357, 2844) },
  'GET /v1/sources': {},
  'GET /v1/app-config': {},
  'GET /v1/zones.csv': {},
  'GET /v1/zones/changes': {},
  'GET /ogc': {},
  'GET /ogc/conformance': {},
  'GET /ogc/collections': {},
  'GET /ogc/collections/zones': {},
  'GET /ogc/collections/zones/items': {},
  'GET /ogc/collections/zones/items/{id}': { path: paths.ogcItem(ZONE.id) },
  'GET /v1/zones/{id}/forecast': { path: paths.zoneForecast(ZONE.id) },
  'POST /v1/reports': { body: { zoneId: ZONE.id, kind: 'count', count: 3 } },
  'DELETE /v1/reports/{id}': { path: paths.report('00000000000') },
  'GET /v1/zones/{id}/reports': { path: paths.zoneReports(ZONE.id) },
  'POST /v1/feeds/{id}/readings': { path: paths.feedReadings(FEED), body: { readings: [] } },
  'POST /v1/zones': { body: { lat: 40, lng: 11 } },
  'POST /v1/zones/{id}/contributions': {
    path: paths.zoneContributions(ZONE.id),
    body: { field: 'covered', value: true },
  },
  'GET /v1/zones/{id}/questions': { path: `${paths.zoneQuestions(ZONE.id)}?lat=${SPOT.lat}&lng=${SPOT.lng}` },
  'GET /v1/riders/me/contributions': {},
  'DELETE /v1/riders/me/contributions/{id}': { path: paths.myContribution('contribution1') },
  'GET /v1/zones/{id}/photos': { path: paths.zonePhotos(ZONE.id) },
  'POST /v1/zones/{id}/photos': { path: paths.zonePhotos(ZONE.id), image: true },
  'GET /v1/photos/{id}': { path: paths.photo('contribution1') },
  'GET /v1/riders/me/export': {},
  'DELETE /v1/riders/me': {},
  'POST /v1/links/decline': { body: { secret: 'no-such-secret-of-a-link' } },
  'GET /v1/riders/me/notifications': {},
  'POST /v1/riders/me/notifications/read': { body: { upTo: NO_ID } },
  'GET /v1/riders/me/notification-preferences': {},
  'PUT /v1/riders/me/notification-preferences': { body: { channels: [], quietHours: null } },
  'POST /v1/riders/me/push-subscriptions': { body: aBrowser().subscription },
  'DELETE /v1/riders/me/push-subscriptions/{id}': { path: paths.myPushSubscription(NO_ID) },
  'GET /v1/account/notifications': {},
  'POST /v1/account/notifications/read': { body: { upTo: NO_ID } },
  'GET /v1/account/notification-preferences': {},
  'PUT /v1/account/notification-preferences': { body: { channels: [], quietHours: null } },
  'POST /v1/account/push-subscriptions': { body: aBrowser().subscription },
  'DELETE /v1/account/push-subscriptions/{id}': { path: paths.ownPushSubscription(NO_ID) },
  'GET /v1/push/key': {},
  'POST /v1/notifications/stop/{secret}': { path: paths.notificationStop('x') },
  'GET /v1/plan': { path: `${paths.plan()}?lat=${SPOT.lat}&lng=${SPOT.lng}` },
  'GET /v1/organisations/{organisationId}/tokens': {},
  'POST /v1/organisations/{organisationId}/tokens': { body: { name: 'gate', scopes: ['organisations:read'] } },
  'POST /v1/organisations/{organisationId}/tokens/{id}/roll': { body: { overlap: 'none' } },
  'DELETE /v1/organisations/{organisationId}/tokens/{id}': {},
  'GET /v1/accounts': {},
  'GET /v1/accounts/{id}': { path: paths.account(NO_PERSON) },
  'PUT /v1/accounts/{id}/roles': { path: paths.accountRoles(NO_PERSON), body: { roles: [], reason: 'x' } },
  'PUT /v1/accounts/{id}/suspension': { path: paths.accountSuspension(NO_PERSON), body: { reason: 'x' } },
  'DELETE /v1/accounts/{id}/suspension': { path: paths.accountSuspension(NO_PERSON), body: { reason: 'x' } },
  'GET /v1/accounts/{id}/sessions': { path: paths.accountSessions(NO_PERSON) },
  'DELETE /v1/accounts/{id}/sessions': { path: paths.accountSessions(NO_PERSON), body: { reason: 'x' } },
  'POST /v1/accounts/{id}/recovery': { path: paths.accountRecovery(NO_PERSON), body: { reason: 'x' } },
  'GET /v1/invitations': {},
  'POST /v1/invitations': { body: { email: 'not an address', role: 'support' } },
  'DELETE /v1/invitations/{id}': { path: paths.invitation(NO_PERSON) },
  'GET /v1/audit': {},
  'GET /basemap/tiles.json': {},
  'GET /basemap/{z}/{x}/{y}.mvt': { path: '/basemap/0/0/0.mvt' },
  // Of the wrong form: a failed sign-in looks like missing credentials.
  'POST /v1/sign-in/password': { body: { email: 'nobody', password: 'none' } },
  'POST /v1/sign-in/passkey/options': {},
  'POST /v1/sign-in/passkey': { body: {} },
  'POST /v1/sign-out': {},
  'GET /v1/account': {},
  'PATCH /v1/account': { body: { name: 'Anna' } },
  'PUT /v1/account/password': { body: { password: 'short' } },
  'DELETE /v1/account/password': {},
  'POST /v1/account/passkeys/options': {},
  'POST /v1/account/passkeys': { body: {} },
  'DELETE /v1/account/passkeys/{id}': { path: paths.ownPasskey('0'.repeat(17)) },
  'POST /v1/account/authenticator': {},
  'POST /v1/account/authenticator/confirmation': { body: {} },
  'DELETE /v1/account/authenticator': {},
  'POST /v1/account/recovery-codes': {},
  'GET /v1/account/sessions': {},
  'DELETE /v1/account/sessions': {},
  'DELETE /v1/account/sessions/{id}': { path: paths.ownSession('0'.repeat(17)) },
  'POST /v1/account/step-up/options': {},
  'POST /v1/account/step-up': { body: {} },
  'GET /v1/monitoring/figures': {
    path: `${paths.monitoringFigures()}?from=2026-03-04T11:00:00Z&to=2026-03-04T12:00:00Z`,
  },
  'POST /v1/page-figures': { body: { app: 'rider' } },
  'GET /v1/sign-in/organisations/{organisationId}': { path: paths.signInProvider('00000000000000000') },
  'GET /v1/sign-in/callback': {},
  'GET /v1/account/identities': {},
  'POST /v1/account/identities/{organisationId}': { path: paths.ownIdentity('00000000000000000') },
  'DELETE /v1/account/identities/{organisationId}': { path: paths.ownIdentity('00000000000000000') },
  'GET /v1/live': { path: `${paths.live()}?cells=13/4357/2844` },
}

type ActionRoute = RouteAccess & { readonly access: Action }

const isAction = (access: AccessRule): access is Action => !['public', 'rider', 'own-rider'].includes(access)
const ACTION_ROUTES = routes.filter((route): route is ActionRoute => isAction(route.access))
const isWrite = ({ method }: RouteAccess): boolean => method !== 'GET'
const ACCOUNT_ROLES: readonly AccountRole[] = [...ORGANISATION_ROLES, ...PLATFORM_ROLES]

forEachEngine((engine) => {
  const at = useService(engine, { zones: [ZONE] })
  let mine = ''
  let other = ''
  beforeAll(async () => {
    mine = await anOrganisation(at())
    other = await anOrganisation(at(), 'City of Elsewhere')
  })

  const send = (route: RouteAccess, headers: Headers, organisationId = mine, query = ''): Promise<Outcome> => {
    const sample = SAMPLES[`${route.method} ${route.path}`]
    if (sample === undefined) throw new Error(`Add a request for ${route.method} ${route.path} to SAMPLES.`)
    return sendSample(at(), route, sample, headers, { organisationId }, query)
  }

  /** Sends requests to routes; `wanted` is the code of each outcome. Returns those with another one. */
  async function mismatches<R extends RouteAccess>(
    some: readonly R[],
    wanted: string | ((route: R) => string),
    headersOf: (route: R) => Promise<Headers>,
    organisationId?: string,
  ): Promise<string[]> {
    const wrong: string[] = []
    for (const route of some) {
      const { status, code } = await send(route, await headersOf(route), organisationId)
      const expected = typeof wanted === 'string' ? wanted : wanted(route)
      if (code !== expected) wrong.push(`${route.method} ${route.path}: ${status} ${code}, not ${expected}`)
    }
    return wrong
  }

  const known = new Map<string, Promise<Headers>>()
  /** Credentials that several requests share. Those of a token depend on its scope only. */
  function credentials(route: RouteAccess, who: PrincipalKind, of = mine, hasSecondFactor = true): Promise<Headers> {
    const key = JSON.stringify([who, of, hasSecondFactor, who === 'token' ? route.access : null])
    const made = known.get(key) ?? credentialsOf(at(), route, who, of, { hasSecondFactor })
    known.set(key, made)
    return made
  }

  const named = routes.map((route) => [`${route.method} ${route.path}`, route] as const)
  it.each(named)('%s allows and denies what the table says', async (_, route) => {
    const outcomes: Record<string, string> = {}
    for (const principal of PRINCIPALS) {
      // Routes of the own account can end or renew the session.
      const isOwn = route.access === 'own-account'
      const headers = isOwn ? credentialsOf(at(), route, principal, mine) : credentials(route, principal)
      outcomes[principal] = decisionOf(await send(route, await headers))
    }
    expect(outcomes).toEqual(Object.fromEntries(PRINCIPALS.map((one) => [one, decide(route.access, one)])))
  })

  describe('an organisation', () => {
    const withOrganisation = ACTION_ROUTES.filter((route) => route.path.includes('{organisationId}'))
    const ofOrganisation = withOrganisation.filter(({ access }) => access !== 'own-account')
    const hidden = ({ access }: ActionRoute, role: AccountRole): string =>
      grantOf(access, role) === undefined ? 'not-allowed' : 'organisation-not-found'

    it.each(ORGANISATION_ROLES)('does not exist for the %s of another one, on all routes', async (role) => {
      const headersOf = (route: ActionRoute): Promise<Headers> => credentials(route, role, other)
      for (const organisationId of [mine, NO_ID])
        expect(await mismatches(ofOrganisation, (route) => hidden(route, role), headersOf, organisationId)).toEqual([])
    })

    it('of others is not found among the own things, like one that nobody has', async () => {
      for (const route of withOrganisation.filter(({ access }) => access === 'own-account')) {
        const outcomes = []
        for (const organisationId of [mine, NO_ID])
          outcomes.push(await send(route, await credentials(route, 'owner', other), organisationId))
        expect(outcomes[0], route.path).toMatchObject({ status: 404 })
        expect(outcomes[1], route.path).toEqual(outcomes[0])
      }
    })

    it('does not exist for the token of another one, on all routes', async () => {
      const headersOf = (route: ActionRoute): Promise<Headers> => credentials(route, 'token', other)
      const wanted = ({ access }: ActionRoute): string => (isScope(access) ? 'organisation-not-found' : 'not-allowed')
      for (const organisationId of [mine, NO_ID])
        expect(await mismatches(ofOrganisation, wanted, headersOf, organisationId)).toEqual([])
    })

    it('that nobody has is not found for those who may see all', async () => {
      const reads = ofOrganisation.filter((route) => !isWrite(route))
      const headersOf = (route: ActionRoute): Promise<Headers> => credentials(route, 'admin')
      expect(await mismatches(reads, 'organisation-not-found', headersOf, NO_ID)).toEqual([])
    })
  })

  it.each(ACCOUNT_ROLES)('the role %s counts only with a second factor', async (role) => {
    const allowed = ACTION_ROUTES.filter(({ access }) => access !== 'own-account' && decide(access, role) === 'allow')
    const headersOf = (route: ActionRoute): Promise<Headers> => credentials(route, role, mine, false)
    expect(await mismatches(allowed, 'second-factor-required', headersOf)).toEqual([])
  })

  it('dangerous changes need a proof of identity within ten minutes', async () => {
    const dangerous = ACTION_ROUTES.filter(({ needsStepUp }) => needsStepUp)
    const { cookie } = await aSignedInAccount(at(), { roles: ['admin'] })
    const headersOf = (): Promise<Headers> => Promise.resolve({ cookie })
    at().clock.advance(STEP_UP_MS + 1)
    expect(await mismatches(dangerous, 'step-up-required', headersOf)).toEqual([])
    expect(dangerous.length).toBeGreaterThan(0)
  })

  it.each<[string, Headers]>([
    ['Origin', { origin: 'https://evil.example' }],
    ['the origin of a sandboxed frame', { origin: 'null' }],
    ['Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
    ['Sec-Fetch-Site of a neighbour', { 'sec-fetch-site': 'same-site' }],
  ])('another site can cause no change, by %s', async (_, headers) => {
    const changes = routes.filter((route) => (isWrite(route) && isAction(route.access)) || route.sameOriginOnly)
    const { cookie } = await aSignedInAccount(at(), { roles: ['admin'] })
    expect(await mismatches(changes, 'cross-site-request', () => Promise.resolve({ cookie, ...headers }))).toEqual([])
  })

  it('a session sent with a token counts for nothing', async () => {
    const { cookie } = await aSignedInAccount(at(), { roles: ['admin'] })
    const others = (access: Action): AccessRule => (access === 'audit:read' ? 'tokens:read' : 'audit:read')
    const withToken = async (route: ActionRoute): Promise<Headers> => ({
      cookie,
      ...(await credentials({ ...route, access: others(route.access) }, 'token')),
    })
    expect(await mismatches(ACTION_ROUTES, 'not-allowed', withToken)).toEqual([])
    for (const bearer of ['Bearer', 'Bearer unknown', `Bearer ${'x'.repeat(300)}`, 'bearer two words']) {
      const headers = { cookie, authorization: bearer }
      expect(await mismatches(ACTION_ROUTES, 'sign-in-required', () => Promise.resolve(headers)), bearer).toEqual([])
    }
  })

  it('a token with every scope changes no account, credential, session or token', async () => {
    const forPeople = ACTION_ROUTES.filter(({ access }) => !isScope(access))
    const ofOrganisation = SCOPES.filter((scope) => !isForInstallation(scope))
    const input = { name: '', feedId: null, networks: [], creator: null, expiresAt: null }
    for (const organisationId of [null, mine]) {
      const scopes = organisationId === null ? [...ofOrganisation, 'monitoring:read' as const] : ofOrganisation
      const deps = { ...at().service.context.database, clock: at().clock.now, actor: AN_ACTOR }
      const { token } = await createToken(deps, { ...input, scopes, organisationId })
      for (const route of forPeople) {
        const { code, setsCookie } = await send(route, { authorization: `Bearer ${token}` })
        expect([route.method, route.path, code, setsCookie]).toEqual([route.method, route.path, 'not-allowed', false])
      }
    }
  })

  it('a token in the address is never read, and is an unknown name', async () => {
    const reads = ACTION_ROUTES.filter((route) => !isWrite(route))
    const { cookie } = await aSignedInAccount(at(), { roles: ['admin'] })
    for (const route of reads) {
      const { authorization = '' } = await credentials(route, 'token')
      const [, token] = authorization.split(' ')
      for (const name of ['token', 'access_token', 'authorization']) {
        const query = `?${name}=${token}`
        expect((await send(route, {}, mine, query)).code, route.path).toBe('sign-in-required')
        expect((await send(route, { cookie }, mine, query)).code, route.path).toBe('invalid-request')
      }
    }
  })
})

/** Beyond the check of the credentials, what a sample names may not exist. */
function decisionOf({ status, code }: Outcome): string {
  if (status >= 500) return `${status} ${code}`
  if (code === 'sign-in-required' || code === 'not-allowed' || code === 'rider-required') return 'deny'
  const isOddity = code === 'second-factor-required' || code === 'step-up-required' || code === 'cross-site-request'
  return isOddity ? code : 'allow'
}

describe('access', () => {
  it('of all routes is what docs/admin/permissions.md says', () => {
    expect(Object.keys(SAMPLES).toSorted()).toEqual(routes.map((route) => `${route.method} ${route.path}`).toSorted())
    const document = readFileSync(path.join(ROOT, 'docs/admin/permissions.md'), 'utf8')
    expect(document, 'run: npx kickstand access --write').toContain(accessTable(routes))
  })

  it('is printed for programs with a decision for each kind of principal', () => {
    const rows = accessRows(routes)
    expect(rows).toHaveLength(routes.length)
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(['method', 'path', 'access', ...PRINCIPALS])
      for (const principal of PRINCIPALS) expect(['allow', 'deny']).toContain(row[principal satisfies PrincipalKind])
    }
  })

  it('must be stated by every route', () => {
    const app = fastify()
    registerAccess(app, { principals: NOBODY, clock: () => 0, config: { publicUrl: '' } })
    expect(() => app.get('/hidden', () => 'a route without access')).toThrow('GET /hidden does not state')
  })
})
