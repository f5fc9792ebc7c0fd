import { readFileSync } from 'node:fs'
import path from 'node:path'
import { paths } from '@kickstand/contract'
import { decide, isPlatformRole, PRINCIPALS, type AccessRule, type PrincipalKind } from '@kickstand/domain'
import { aSource } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { testSettings } from '@kickstand/testkit/start-service'
import { fastify } from 'fastify'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { accessTable } from '#app/access-table.ts'
import { listAccess } from '#app/list-access.ts'
import { registerAccess } from '#http/auth/access.ts'
import { parseConfig } from '#platform/config.ts'
import { anOrganisation, aSignedInAccount, aToken } from './support/people.ts'
import { useService } from './support/use-service.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const SPOT = { lat: 48.1, lng: 11.5 }
const ZONE = { id: 'zone000001', capacity: 20, ...SPOT }
const FEED = aSource().id
/** Id of an account or invitation that does not exist. */
const NO_PERSON = '0'.repeat(17)
const DEVICE = 'device-secret-of-a-rider-0001'
/** Knows no credentials. */
const NOBODY = { session: () => Promise.resolve(null), token: () => Promise.resolve(null) }
const routes = await listAccess(parseConfig(testSettings('sqlite::memory:'), ROOT))

/** What each route needs besides credentials. A route that is missing here fails the test. */
type Sample = { readonly path?: string; readonly body?: unknown; readonly image?: true }
const SAMPLES: Readonly<Record<string, Sample>> = {
  'GET /healthz': {},
  'GET /readyz': {},
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
  'GET /v1/plan': { path: `${paths.plan()}?lat=${SPOT.lat}&lng=${SPOT.lng}` },
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
  'GET /v1/live': { path: `${paths.live()}?cells=13/4357/2844` },
}

forEachEngine((engine) => {
  const at = useService(engine, { zones: [ZONE] })
  let organisationId = ''
  const sent = new Map<PrincipalKind, Record<string, string>>()
  beforeAll(async () => {
    organisationId = await anOrganisation(at())
  })

  async function credentials(principal: PrincipalKind, access: AccessRule): Promise<Record<string, string>> {
    if (principal === 'anonymous') return {}
    if (principal === 'rider') return { authorization: `Bearer ${DEVICE}` }
    if (principal === 'token') return { authorization: `Bearer ${await aToken(at(), access)}` }
    const known = sent.get(principal)
    if (known !== undefined) return known
    const rights = isPlatformRole(principal)
      ? { roles: [principal] }
      : { memberships: [{ organisationId, role: principal }] }
    const { cookie } = await aSignedInAccount(at(), rights)
    sent.set(principal, { cookie })
    return { cookie }
  }

  async function send(method: string, route: string, access: AccessRule, principal: PrincipalKind): Promise<number> {
    const sample = SAMPLES[`${method} ${route}`]
    if (sample === undefined) throw new Error(`Add a request for ${method} ${route} to SAMPLES.`)
    const image = sample.image === true ? await photo() : null
    const type = image !== null ? 'image/jpeg' : sample.body === undefined ? null : 'application/json'
    const response = await fetch(at().url + (sample.path ?? route), {
      method,
      headers: { ...(await credentials(principal, access)), ...(type === null ? {} : { 'content-type': type }) },
      body: image ?? (sample.body === undefined ? null : JSON.stringify(sample.body)),
    })
    await response.body?.cancel()
    return response.status
  }

  const cells = routes.flatMap((route) => PRINCIPALS.map((principal) => ({ ...route, principal })))
  it.each(cells)('$method $path as $principal', async ({ method, path: route, access, principal }) => {
    const status = await send(method, route, access, principal)
    if (decide(access, principal) === 'deny') expect([401, 403]).toContain(status)
    else {
      // Beyond the check of the credentials: what the sample names may not exist.
      expect([401, 403]).not.toContain(status)
      expect(status).toBeLessThan(500)
    }
  })
})

async function photo(): Promise<Uint8Array<ArrayBuffer>> {
  const drawn = sharp({ create: { width: 64, height: 48, channels: 3, background: '#3a5' } })
  return new Uint8Array(await drawn.jpeg().toBuffer())
}

describe('access', () => {
  it('of all routes is what docs/admin/permissions.md says', () => {
    expect(Object.keys(SAMPLES).toSorted()).toEqual(routes.map((route) => `${route.method} ${route.path}`).toSorted())
    const document = readFileSync(path.join(ROOT, 'docs/admin/permissions.md'), 'utf8')
    expect(document, 'run: npx kickstand access --write').toContain(accessTable(routes))
  })

  it('must be stated by every route', () => {
    const app = fastify()
    registerAccess(app, { principals: NOBODY, clock: () => 0, config: { publicUrl: '' } })
    expect(() => app.get('/hidden', () => 'a route without access')).toThrow('GET /hidden does not state')
  })
})
