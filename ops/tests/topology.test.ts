import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { paths } from '@kickstand/contract'
import { tileX, tileY } from '@kickstand/domain'
import { everythingRequired } from '@kickstand/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringUp, inspect, missingPackages, restartServers, takeDown } from '../src/index.ts'
import { processesOf } from '../src/processes.ts'
import { layoutOptions, startLayout, type Layout } from './layout.ts'

const HERE = { lat: 37.79, lng: -122.4 }
const ZONES = Array.from({ length: 6 }, (_, i) => ({ id: `zone00000${i}`, capacity: 20, lat: 37.79, lng: -122.4 }))
const TILE = paths.zoneTile(14, Math.floor(tileX(HERE.lng, 14)), Math.floor(tileY(HERE.lat, 14)))
const CLI = path.resolve(import.meta.dirname, '../../apps/cli/src/main.ts')
const MINUTES = 240_000

const missing = missingPackages({ database: 'mariadb', cdn: true })

describe.skipIf(missing.length > 0 && !everythingRequired())('the layout of production', { timeout: MINUTES }, () => {
  let layout: Layout
  let front: string

  beforeAll(async () => {
    layout = await startLayout()
    front = layout.part('cdn').address
    await layout.seed(ZONES)
  }, MINUTES)
  afterAll(() => layout.stop(), MINUTES)

  const zoneAt = (url: string, id: string): Promise<Response> => fetch(url + paths.zone(id))
  const cacheOf = (answer: Response): string | null => answer.headers.get('x-cache')
  function report(zoneId: string, count: number, headers: Record<string, string>): Promise<Response> {
    return fetch(front + paths.reports(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ zoneId, kind: 'count', count }),
    })
  }

  it('is all there and well, and is not started twice', async () => {
    const parts = await inspect(layout.folder)
    expect(parts.map(({ name, fault }) => [name, fault])).toEqual(
      ['mariadb', 'redis', 'server-1', 'server-2', 'caddy', 'varnish'].map((name) => [name, null]),
    )
    await expect(bringUp(layoutOptions(layout.folder), () => undefined)).rejects.toThrow('already runs in')
  })

  it('speaks TLS by its own authority, and gives cookies that stay within it', async () => {
    const { address } = layout.part('balancer')
    const body = JSON.stringify({ zoneId: ZONES[5].id, kind: 'arrived' })
    const asked = request(`${address}${paths.reports()}`, {
      method: 'POST',
      ca: readFileSync(layout.state.authority),
      headers: { 'content-type': 'application/json' },
    })
    asked.end(body)
    const [answer] = await once(asked, 'response')
    answer.resume()
    expect(answer.statusCode).toBe(201)
    expect(answer.headers['set-cookie'][0]).toContain('; Secure')
  })

  it('shares what is the same for all, without their cookies, and nothing of one rider with another', async () => {
    const cookies: string[] = []
    for (const address of ['198.18.0.1', '198.18.0.2']) {
      const made = await report(ZONES[0].id, 3, { 'x-forwarded-for': address })
      expect([made.status, cacheOf(made)]).toEqual([201, 'pass'])
      cookies.push(made.headers.getSetCookie()[0]?.split(';')[0] ?? '')
    }
    expect(new Set(cookies).size).toBe(2)
    const shared = [TILE, paths.sources(), paths.appConfig(), paths.openapi(), paths.ogcCollections()]
    for (const address of shared) {
      const answers = []
      for (const cookie of cookies) answers.push(await fetch(front + address, { headers: { cookie } }))
      expect([address, answers[1] === undefined ? null : cacheOf(answers[1])]).toEqual([address, 'hit'])
      for (const answer of answers) expect(answer.headers.getSetCookie()).toEqual([])
    }
    const own = [
      paths.zoneReports(ZONES[0].id),
      `${paths.nearby()}?lat=${HERE.lat}&lng=${HERE.lng}`,
      `${paths.plan()}?lat=${HERE.lat}&lng=${HERE.lng}&vehicle=motorcycle`,
      '/v1/nothing/yet',
    ]
    for (const address of own) {
      for (const cookie of cookies) {
        expect([address, cacheOf(await fetch(front + address, { headers: { cookie } }))]).toEqual([address, 'pass'])
      }
    }
    // A request with Authorization never gets a shared response.
    const bearer = { authorization: 'Bearer device-secret-of-rider-number-1' }
    for (const address of [...shared, ...own]) {
      for (let i = 0; i < 2; i += 1) {
        expect([address, cacheOf(await fetch(front + address, { headers: bearer }))]).toEqual([address, 'pass'])
      }
    }
    const forms = ['application/json', 'application/geo+json', 'text/html,*/*', 'application/geo+json']
    for (const accept of forms) {
      const answer = await fetch(`${front}${paths.zones()}?bbox=-123,37,-122,38`, { headers: { accept } })
      const expected = accept.includes('geo+json') ? 'application/geo+json' : 'application/json'
      expect(answer.headers.get('content-type')).toContain(expected)
    }
  })

  it('caches no answer influenced by forwarding headers, and ignores an invalid protocol', async () => {
    const foreign = 'attacker.example'
    const forged = {
      forwarded: `host=${foreign};proto=https`,
      'x-forwarded-host': foreign,
      'x-forwarded-port': '6666',
      'x-forwarded-prefix': `/${foreign}`,
      'x-forwarded-proto': 'javascript',
      'x-original-host': foreign,
      'x-original-url': `/${foreign}`,
      'x-rewrite-url': `/${foreign}`,
    }
    const items = `${paths.ogcItems()}?limit=1`
    const shared = [paths.ogc(), paths.ogcCollections(), paths.ogcZones(), items, paths.ogcItem(ZONES[0].id)]
    for (const address of [...shared, TILE, paths.sources(), paths.appConfig(), paths.openapi(), paths.zonesCsv()]) {
      // An address that is not cached yet, so that the forged request fills the cache.
      const fresh = address === items ? `${address}&bbox=-123,37,-122,38` : address
      const first = await fetch(front + fresh, { headers: forged })
      const second = await fetch(front + fresh)
      expect([fresh, first.status, second.status]).toEqual([fresh, 200, 200])
      for (const answer of [first, second]) {
        expect([fresh, `${await answer.text()} ${[...answer.headers].join(' ')}`.includes(foreign)]).toEqual([
          fresh,
          false,
        ])
      }
    }
    const secure = async (address: string, proto: string): Promise<boolean> => {
      const made = await report(ZONES[3].id, 2, { 'x-forwarded-for': address, 'x-forwarded-proto': proto })
      expect([proto, made.status]).toEqual([proto, 201])
      return (made.headers.getSetCookie()[0] ?? '').includes('; Secure')
    }
    expect(await secure('198.18.0.3', 'https')).toBe(true)
    expect(await secure('198.18.0.4', 'javascript')).toBe(false)
  })

  it('shows a changed zone on its tile within the lifetime that the tile states', async () => {
    const first = await fetch(front + TILE)
    const [, lifetime = '', stale = ''] =
      /s-maxage=(\d+), stale-while-revalidate=(\d+)/.exec(first.headers.get('cache-control') ?? '') ?? []
    const before = first.headers.get('etag')
    await layout.seed([{ id: 'newzone001', ...HERE, capacity: 4 }])
    const changedAt = performance.now()
    const withinMs = (Number(lifetime) + Number(stale)) * 1000
    await expect
      .poll(async () => (await fetch(front + TILE)).headers.get('etag'), { timeout: withinMs + 10_000, interval: 500 })
      .not.toBe(before)
    expect(performance.now() - changedAt).toBeLessThan(withinMs)
  })

  it('answers tiles and static reads from the CDN while riders come, move and go', async () => {
    const load = async (
      ...options: string[]
    ): Promise<{ code: number; report: { errors: number; hitRatio: number } }> => {
      const at = `${HERE.lat},${HERE.lng}`
      const args = [CLI, 'load', '--url', front, '--at', at, '--json', '--layout', layout.folder, ...options]
      const run = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
      let text = ''
      run.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
      const [code] = (await once(run, 'close')) as [number]
      return { code, report: JSON.parse(text) as { errors: number; hitRatio: number } }
    }
    const riders = ['--riders', '150', '--seconds', '15', '--visit', '15', '--p95', '60000', '--hit-ratio', '0.95']
    const met = await load(...riders)
    expect([met.code, met.report.errors]).toEqual([0, 0])
    expect(met.report.hitRatio).toBeGreaterThanOrEqual(0.95)
    expect((await load('--riders', '3', '--seconds', '2', '--p95', '0')).code).toBe(1)
  })

  it('goes on showing places while no app server is there, and remembers no failure', async () => {
    await fetch(front + TILE)
    const servers = (await inspect(layout.folder)).filter(({ kind }) => kind === 'server')
    for (const { pid } of servers) process.kill(pid, 'SIGKILL')
    const statusOfZone = async (): Promise<number> => (await zoneAt(front, ZONES[1].id)).status
    await expect.poll(statusOfZone, { timeout: 30_000 }).toBe(503)
    expect((await zoneAt(front, ZONES[1].id)).headers.get('cache-control')).toBe('no-store')
    const tile = await fetch(front + TILE)
    expect([tile.status, ['hit', 'stale']]).toEqual([200, expect.arrayContaining([cacheOf(tile)])])
    await restartServers(layout.folder, () => undefined)
    await expect.poll(statusOfZone, { timeout: 30_000 }).toBe(200)
  })

  it('stops whole, also after a start that was cut off', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ks-layout-'))
    const args = ['topology', 'up', '--folder', folder, '--servers', '1', '--port', '0']
    const up = spawn(process.execPath, [CLI, ...args], { stdio: 'ignore' })
    // Between the start of the database and the next part.
    await expect.poll(() => processesOf(folder).length, { timeout: 60_000, interval: 10 }).toBeGreaterThan(0)
    up.kill('SIGKILL')
    await once(up, 'exit')
    expect(await takeDown(folder)).toBeGreaterThan(0)
    expect(processesOf(folder)).toEqual([])
    expect(await inspect(folder)).toEqual([])
    rmSync(folder, { recursive: true, force: true })
  })
})
