import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { afterAll, describe, expect, it } from 'vitest'
import { useService } from './support/use-service.ts'

const ZONE = 'zone000001'
const QUERIES: Record<string, string> = {
  [paths.nearby()]: '?lat=37.79&lng=-122.4',
  [paths.plan()]: '?lat=37.79&lng=-122.4&vehicle=motorcycle',
  [paths.zones()]: '?bbox=-122.5,37.7,-122.3,37.8',
}
const OPEN = /^public, max-age=\d+, s-maxage=\d+, stale-while-revalidate=\d+$/
const FIGURES = /^public, max-age=0, s-maxage=1$/

/** All routes that shared caches may store. Add a route only if its response is the same for everybody. */
const SHARED: Record<string, RegExp> = {
  [paths.zones()]: FIGURES,
  [paths.zone('{id}')]: FIGURES,
  [paths.zoneForecast('{id}')]: FIGURES,
  [paths.zoneTile('{z}', '{x}', '{y}')]: /^public, max-age=10, s-maxage=20, stale-while-revalidate=60$/,
  [paths.sources()]: /^public, max-age=60, stale-while-revalidate=300$/,
  [paths.appConfig()]: /^public, max-age=0, s-maxage=10$/,
  [paths.zonesCsv()]: OPEN,
  [paths.zoneChanges()]: OPEN,
  [paths.ogc()]: OPEN,
  [paths.ogcConformance()]: OPEN,
  [paths.ogcCollections()]: OPEN,
  [paths.ogcZones()]: OPEN,
  [paths.ogcItems()]: OPEN,
  [paths.ogcItem('{id}')]: OPEN,
}

forEachEngine((engine) => {
  describe('shared caches', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ks-page-'))
    mkdirSync(path.join(folder, 'assets'))
    const html = '<!doctype html><title>Kickstand</title>'
    writeFileSync(path.join(folder, 'index.html'), html)
    writeFileSync(path.join(folder, 'index.html.gz'), gzipSync(html))
    writeFileSync(path.join(folder, 'index.html.br'), brotliCompressSync(html))
    writeFileSync(path.join(folder, 'assets/page-4f3a.js'), '//')
    afterAll(() => rmSync(folder, { recursive: true }))
    const at = useService(engine, { zones: [{ id: ZONE }], webRoots: { rider: folder } })
    const rule = (answer: Response): string => answer.headers.get('cache-control') ?? 'none'

    it('store responses that are the same for all, for a stated time, and nothing else', async () => {
      const description = (await (await at().get(paths.openapi())).json()) as { paths: Record<string, object> }
      const gets = Object.entries(description.paths).flatMap(([route, how]) => ('get' in how ? [route] : []))
      expect(gets).toEqual(expect.arrayContaining(Object.keys(SHARED)))
      for (const route of gets.filter((one) => one !== paths.live() && !one.startsWith('/basemap/'))) {
        const address = route.replace('{id}', ZONE).replace(/\{[zxy]\}/g, '0') + (QUERIES[route] ?? '')
        const answer = await at().get(address)
        await answer.body?.cancel()
        if (route in SHARED) expect([route, answer.status]).toEqual([route, 200])
        expect([route, rule(answer)]).toEqual([
          route,
          expect.stringMatching(SHARED[route] ?? /^(no-store|private, no-cache)$/),
        ])
        expect(answer.headers.getSetCookie()).toEqual([])
      }
    })

    it('store no error, no report and no response with a cookie', async () => {
      expect(rule(await at().get(paths.zone('nothing0001')))).toBe('no-store')
      expect(rule(await at().get('/v1/tiles/zones/1/9/9.mvt'))).toBe('no-store')
      const report = await at().post(paths.reports(), { zoneId: ZONE, kind: 'arrived' })
      expect([report.status, rule(report), report.headers.getSetCookie().length]).toEqual([201, 'no-store', 1])
      const { report: made } = (await report.json()) as { report: { id: string } }
      const cookie = (report.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
      const undone = await at().delete(paths.report(made.id), { cookie })
      expect([undone.status, rule(undone)]).toEqual([204, 'no-store'])
      const readings = await at().post(paths.feedReadings('unknown'), { readings: [] })
      expect([readings.status >= 400, rule(readings)]).toEqual([true, 'no-store'])
    })

    it('store hashed files forever, and revalidate the page each time', async () => {
      expect(rule(await at().get('/assets/page-4f3a.js'))).toBe('public, max-age=31536000, immutable')
      for (const address of ['/', '/zones/abc']) {
        const page = await at().get(address, { accept: 'text/html' })
        expect([address, rule(page)]).toEqual([address, 'no-cache'])
        const etag = page.headers.get('etag') ?? 'none'
        // Without the last header, fetch would bypass the ETag.
        const known = { accept: 'text/html', 'if-none-match': etag, 'cache-control': 'max-age=0' }
        const again = await at().get(address, known)
        expect([address, again.status]).toEqual([address, 304])
      }
    })

    it.each(['identity', 'gzip', 'br', 'gzip, deflate, br, zstd', '*', ''])(
      'get the front page for the encoding %j, whatever types they accept',
      async (encoding) => {
        for (const accept of ['*/*', 'text/html', 'image/avif']) {
          for (const address of ['/', '/?lat=1']) {
            const answer = await at().get(address, { accept, 'accept-encoding': encoding })
            expect([answer.status, await answer.text()]).toEqual([200, html])
          }
        }
      },
    )

    it.each([
      ['range', 'bytes=999999-', 416],
      ['range', 'bytes=5-1', 416],
      ['range', 'bytes=-0', 416],
      ['if-match', '"other"', 412],
      ['if-unmodified-since', 'Fri, 01 Jan 1999 00:00:00 GMT', 412],
    ])('get a client error for a file with %s: %s', async (name, value, status) => {
      const answer = await at().get('/assets/page-4f3a.js', { [name]: value })
      const problem = (await answer.json()) as { status: number }
      expect([answer.status, problem.status]).toEqual([status, status])
    })

    it('distinguish the formats of a list', async () => {
      const asked = paths.zones() + (QUERIES[paths.zones()] ?? '')
      for (const accept of ['application/json', 'application/geo+json']) {
        const answer = await at().get(asked, { accept })
        expect(answer.headers.get('content-type')).toContain(accept)
        expect(answer.headers.get('vary')).toContain('accept')
      }
    })
  })
})
