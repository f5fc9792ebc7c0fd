import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { paths, type AreaBody, type PhotoCreatedBody } from '@kickstand/contract'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideReview, newId } from '#index.ts'
import { getRoutes } from './support/get-routes.ts'
import { useService } from './support/use-service.ts'

const FOREIGN = 'attacker.example'
const PUBLIC = 'https://parking.example'

/** Headers by which a client or proxy can claim another address or method. None of them is part of a cache key. */
const FORWARDING: Readonly<Record<string, string>> = {
  forwarded: `for=192.0.2.9;host=${FOREIGN};proto=https`,
  'front-end-https': 'on',
  host: FOREIGN,
  'true-client-ip': '192.0.2.9',
  via: `1.1 ${FOREIGN}`,
  'x-forwarded-for': '192.0.2.9',
  'x-forwarded-host': FOREIGN,
  'x-forwarded-port': '6666',
  'x-forwarded-prefix': `/${FOREIGN}`,
  'x-forwarded-proto': 'javascript',
  'x-forwarded-scheme': 'https',
  'x-forwarded-server': FOREIGN,
  'x-forwarded-ssl': 'on',
  'x-host': FOREIGN,
  'x-http-host-override': FOREIGN,
  'x-http-method-override': 'DELETE',
  'x-original-host': FOREIGN,
  'x-original-uri': `/${FOREIGN}`,
  'x-original-url': `/${FOREIGN}`,
  'x-real-ip': '192.0.2.9',
  'x-rewrite-url': `/${FOREIGN}`,
  'x-url-scheme': 'https',
}

type ReceivedResponse = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

/** Sends a GET request. Unlike `fetch`, this can set the Host header. */
async function send(url: string, headers: Readonly<Record<string, string>>): Promise<ReceivedResponse> {
  const sent = request(url, { headers, agent: false })
  sent.end()
  const [response] = await once(sent, 'response')
  const { date: _date, ...compared } = response.headers
  return { status: response.statusCode, headers: compared, body: (await buffer(response)).toString('latin1') }
}

forEachEngine((engine) => {
  describe.each([
    ['no public address', ''],
    ['a public address', PUBLIC],
  ])('with %s', (_name, publicUrl) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ks-page-'))
    mkdirSync(path.join(folder, 'assets'))
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Kickstand</title>')
    writeFileSync(path.join(folder, 'assets/page-4f3a.js'), '//')
    afterAll(() => rmSync(folder, { recursive: true }))
    const at = useService(engine, {
      webRoots: { rider: folder },
      env: {
        KICKSTAND_TRUSTED_PROXIES: '127.0.0.1',
        KICKSTAND_PUBLIC_URL: publicUrl,
        // The demo town has its own basemap. Without the jobs role nothing changes in it.
        KICKSTAND_DEMO: 'auto',
        KICKSTAND_BASEMAP: '',
        KICKSTAND_ROLES: 'web,api,live',
      },
    })
    let zone = ''
    let photo = ''

    beforeAll(async () => {
      const listed = await at().get('/v1/zones?bbox=-180,-90,180,90&limit=1')
      zone = ((await listed.json()) as AreaBody).zones[0]?.id ?? ''
      const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
        .png()
        .toBuffer()
      const sent = await fetch(at().url + paths.zonePhotos(zone), {
        method: 'POST',
        body: new Uint8Array(picture),
        headers: { 'content-type': 'image/png' },
      })
      photo = ((await sent.json()) as PhotoCreatedBody).photo.id
      const { eventLog, database } = at().service.context
      const deps = { db: database.db, eventLog, clock: at().clock.now, newId, actor: AN_ACTOR }
      await decideReview(deps, `photo:${photo}`, { accepted: true, by: 'mo', reason: null })
    })

    /** A URL of a route that answers with a status below 400; null for a stream, which cannot be cached. */
    function addressOf(route: string): string | null {
      const examples: Record<string, string | null> = {
        '/docs*': '/docs/static/swagger-ui.css',
        '/v1/zones': '/v1/zones?bbox=-180,-90,180,90&limit=5',
        '/v1/zones/nearby': '/v1/zones/nearby?lat=37.79&lng=-122.4',
        '/v1/plan': '/v1/plan?lat=37.79&lng=-122.4&vehicle=motorcycle',
        '/ogc/collections/zones/items': '/ogc/collections/zones/items?limit=1',
        '/v1/photos/:id': `/v1/photos/${photo}`,
        '/basemap/:z/:x/:y(^\\d+).mvt': '/basemap/0/0/0.mvt',
        '/v1/live': null,
        // Needs an identity provider, and sends the browser to it. The answer is never cached.
        [paths.signInProvider(':organisationId')]: null,
        // The route for addresses that cannot be decoded: its answers are never cached.
        '/.unreadable-address': null,
      }
      const example = examples[route]
      return example === undefined ? route.replace(':id', zone).replace(/:[zxy]/g, '0') : example
    }

    it('no response to GET depends on forwarding headers', async () => {
      const routes = getRoutes(at().service.app)
      expect(routes).toEqual(
        expect.arrayContaining(['/', '/openapi.json', '/docs*', paths.ogcItem(':id'), '/assets/page-4f3a.js']),
      )
      for (const route of routes) {
        const address = addressOf(route)
        if (address === null) continue
        const plain = await send(at().url + address, {})
        // For people and machines: no shared cache stores the answers.
        if (plain.status === 401) continue
        // A route that fails here needs a URL in `addressOf`.
        expect([route, plain.status < 400]).toEqual([route, true])
        for (const [name, value] of Object.entries(FORWARDING)) {
          expect([route, name, await send(at().url + address, { [name]: value })]).toEqual([route, name, plain])
        }
        expect([route, await send(at().url + address, FORWARDING)]).toEqual([route, plain])
      }
    })

    it('links of open data start with the public URL, and are relative without one', async () => {
      for (const address of [paths.ogc(), paths.ogcCollections(), paths.ogcItem(zone), `${paths.ogcItems()}?limit=1`]) {
        const answer = await at().get(address)
        const { links } = (await answer.json()) as { links: { href: string; rel: string }[] }
        expect(links.length).toBeGreaterThan(0)
        for (const { href } of links) expect(href.startsWith(`${publicUrl}/`)).toBe(true)
        const next = links.find(({ rel }) => rel === 'next')
        if (next !== undefined) expect(answer.headers.get('link')).toContain(`<${next.href}>`)
      }
    })
  })
})
