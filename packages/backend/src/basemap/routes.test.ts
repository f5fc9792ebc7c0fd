import { gunzipSync, gzipSync } from 'node:zlib'
import { DomainError } from '@kickstand/domain'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NO_BASEMAP, switchedBasemap, type Basemap } from './basemap.ts'
import { register } from './routes.ts'

const BYTES = Buffer.from('a vector tile, as far as the route can tell')
const local: Basemap = {
  kind: 'tiles',
  url: '/basemap/tiles.json',
  attribution: '© someone',
  close: async () => {},
  local: {
    minZoom: 2,
    maxZoom: 4,
    version: 'v7',
    tile: async (z, x) =>
      x === 1 ? { data: z === 4 ? BYTES : gzipSync(BYTES), encoding: z === 4 ? 'identity' : 'gzip' } : null,
    tileJson: () => ({ tilejson: '3.0.0', minzoom: 2, maxzoom: 4 }),
  },
}

let current: Basemap = local
let app: FastifyInstance
beforeAll(async () => {
  app = Fastify()
  app.setErrorHandler((error, _request, reply) =>
    reply.code(error instanceof DomainError && error.code === 'not-found' ? 404 : 500).send(String(error)),
  )
  register(app, { basemap: switchedBasemap(() => current) })
  await app.ready()
})
afterAll(() => app.close())

function get(url: string, headers: Record<string, string> = {}) {
  return app.inject({ method: 'GET', url, headers })
}

describe('basemap routes', () => {
  it('answer a TileJSON whose tiles are on this server and have the version in their URL', async () => {
    const answer = await get('/basemap/tiles.json')
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ tilejson: '3.0.0', tiles: ['/basemap/{z}/{x}/{y}.mvt?v=v7'] })
    expect(answer.headers['cache-control']).toMatch(/^public, max-age=\d+/)
  })

  it('send a gzipped tile as stored, and unpacked to clients without gzip', async () => {
    const packed = await get('/basemap/3/1/1.mvt?v=v7', { 'accept-encoding': 'br, gzip' })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(packed.rawPayload)).toEqual(BYTES)
    expect(packed.headers['content-type']).toBe('application/vnd.mapbox-vector-tile')
    for (const accepted of ['identity', 'gzip;q=0', 'br']) {
      const plain = await get('/basemap/3/1/1.mvt', { 'accept-encoding': accepted })
      expect(plain.headers['content-encoding']).toBeUndefined()
      expect(plain.rawPayload).toEqual(BYTES)
      expect(plain.headers['vary']).toContain('accept-encoding')
      expect(plain.headers['etag']).not.toBe(packed.headers['etag'])
    }
  })

  it('send a tile that is stored plain as it is', async () => {
    const answer = await get('/basemap/4/1/1.mvt', { 'accept-encoding': 'gzip' })
    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(answer.rawPayload).toEqual(BYTES)
  })

  it('answer 304 to a known validator', async () => {
    const first = await get('/basemap/3/1/1.mvt')
    const again = await get('/basemap/3/1/1.mvt', { 'if-none-match': `"other", W/${String(first.headers['etag'])}` })
    expect(again.statusCode).toBe(304)
    expect(again.rawPayload).toHaveLength(0)
  })

  it('answer 204 where the map is empty and 404 out of range', async () => {
    expect((await get('/basemap/3/2/1.mvt')).statusCode).toBe(204)
    for (const tile of ['1/0/0', '5/1/1', '3/8/0', '3/1/8']) {
      expect((await get(`/basemap/${tile}.mvt`)).statusCode).toBe(404)
    }
  })

  it('answer 404 while the basemap is remote', async () => {
    current = NO_BASEMAP
    expect((await get('/basemap/tiles.json')).statusCode).toBe(404)
    expect((await get('/basemap/3/1/1.mvt')).statusCode).toBe(404)
    current = local
  })
})
