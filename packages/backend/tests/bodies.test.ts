import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { paths } from '@kickstand/contract'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openRequest, type RawRequest } from './support/raw-request.ts'

const MB = 1_000_000
const ZONE = 'zone000001'

// A separate folder, without files of other services.
const folder = mkdtempSync(path.join(tmpdir(), 'ks-bodies-'))
vi.stubEnv('TMPDIR', folder)
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const spooled = (): string[] => readdirSync(folder)

setFlagsFromString('--expose_gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes of buffers that are still referenced. */
function heldBuffers(): number {
  collectGarbage()
  return process.memoryUsage().arrayBuffers
}

/** A service with a trusted proxy, so that tests can set the client address. Bodies do not depend on the engine. */
function service(env: Record<string, string>): () => TestService {
  let running: TestService | undefined
  beforeAll(async () => {
    running = await startTestService({
      url: 'sqlite::memory:',
      env: { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1', ...env },
    })
    await seedZones(running.service.context.eventLog, [{ id: ZONE }])
    await running.service.context.tail.catchUp()
  })
  afterAll(() => running?.stop())
  return () => {
    if (running === undefined) throw new Error('the service has not started')
    return running
  }
}

async function held(at: TestService): Promise<number> {
  const text = await at.service.context.metrics.registry.getSingleMetricAsString('kickstand_body_bytes')
  return Number(/^kickstand_body_bytes (\d+)$/m.exec(text)?.[1])
}

const photoHead = (address: string, bytes: number): string =>
  [
    `POST ${paths.zonePhotos(ZONE)} HTTP/1.1`,
    'host: x',
    `x-forwarded-for: ${address}`,
    'content-type: image/jpeg',
    `content-length: ${bytes}`,
  ].join('\r\n')
const jsonHead = (more: string): string =>
  [`POST ${paths.reports()} HTTP/1.1`, 'host: x', 'content-type: application/json', more].join('\r\n')

describe('a request that is sent slowly', () => {
  const at = service({ KICKSTAND_LIMIT_REQUEST_SECONDS: '1' })

  it.each([
    ['a head that does not end', jsonHead('content-length: 10'), null],
    ['a body with a length', jsonHead('content-length: 1000'), '{"zoneId":'],
    ['a body in chunks', jsonHead('transfer-encoding: chunked'), '5\r\n{"zon\r\n'],
    ['a photo', photoHead('192.0.2.1', 5 * MB), 'JFIF'],
  ])('ends at the stated limit: %s', async (_what, head, begin) => {
    const open = await openRequest(at().url, head, begin !== null)
    if (begin !== null) await open.send(begin)
    const after = await open.hungUp
    expect(after).toBeGreaterThan(500)
    // The limit, a second until the check, and time for a busy machine; far below Node's default.
    expect(after).toBeLessThan(8_000)
    expect(await open.status()).toBe(408)
  })

  it('leaves no buffer and no file behind', async () => {
    await expect.poll(() => held(at())).toBe(0)
    await expect.poll(spooled).toEqual([])
  })
})

describe('bodies in flight', () => {
  const at = service({ KICKSTAND_LIMIT_BODY_MB: '40', KICKSTAND_LIMIT_BODY_MB_PER_ADDRESS: '15' })
  const open: RawRequest[] = []
  afterAll(() => {
    for (const one of open) one.destroy()
  })
  const PIECE = 5 * MB
  const piece = Buffer.alloc(PIECE, 1)

  async function upload(address: string, pieces: number): Promise<RawRequest> {
    const one = await openRequest(at().url, photoHead(address, 12 * MB))
    open.push(one)
    for (let i = 0; i < pieces; i += 1) await one.send(piece)
    return one
  }
  const code = async (one: RawRequest): Promise<string> => {
    await one.hungUp
    return `${await one.status()} ${/"code":"([a-z-]+)"/.exec(one.text())?.[1] ?? 'none'}`
  }

  it('of one address are limited, including stalled ones, and do not delay other addresses', async () => {
    const before = heldBuffers()
    for (let i = 0; i < 3; i += 1) await upload('192.0.2.1', 1)
    await expect.poll(() => held(at())).toBe(3 * PIECE)
    expect(await code(await upload('192.0.2.1', 1))).toBe('429 rate-limited')
    const other = await upload('192.0.2.2', 1)
    await expect.poll(() => held(at())).toBe(4 * PIECE)
    expect(other.text()).toBe('')
    // They are stored in files, not in memory.
    expect(spooled()).toHaveLength(4)
    await expect.poll(() => heldBuffers() - before, { timeout: 20_000, interval: 200 }).toBeLessThan(2 * PIECE)
  })

  it('of all addresses are limited, but a report in one chunk is still accepted', async () => {
    for (const address of ['192.0.2.2', '192.0.2.2', '192.0.2.3', '192.0.2.3']) await upload(address, 1)
    await expect.poll(() => held(at())).toBe(8 * PIECE)
    expect(await code(await upload('192.0.2.4', 1))).toBe('503 overloaded')
    expect(await held(at())).toBe(8 * PIECE)
    const report = await at().post(paths.reports(), { zoneId: ZONE, kind: 'arrived' })
    expect(report.status).toBe(201)
  })

  it('with a large Content-Length and no data use no memory', async () => {
    for (const one of open) one.destroy()
    await expect.poll(() => held(at())).toBe(0)
    await expect.poll(spooled).toEqual([])
    for (let i = 0; i < 20; i += 1) await upload('192.0.2.1', 0)
    expect(await held(at())).toBe(0)
    await upload('192.0.2.1', 2)
    await expect.poll(() => held(at())).toBe(2 * PIECE)
  })
})

describe('a rejection whose body was not read', () => {
  const at = service({ KICKSTAND_LIMIT_CONTRIBUTIONS_PER_RIDER: '1', KICKSTAND_LIMIT_REQUEST_SECONDS: '60' })

  it.each([
    ['rate-limited before its body', () => photoHead('192.0.2.7', 12 * MB), 429],
    ['too large', () => photoHead('192.0.2.8', 13 * MB), 413],
    ['of another type', () => photoHead('192.0.2.9', 12 * MB).replace('image/jpeg', 'image/tiff'), 415],
    ['of JSON that is too large', () => jsonHead('content-length: 70000'), 413],
  ])('ends its connection: %s', async (_what, head, status) => {
    // This process also runs the client: on a busy machine the overload guard may still answer 503 to everything.
    await expect.poll(async () => (await at().get(paths.sources())).status, { timeout: 30_000 }).toBe(200)
    for (let i = 0; status === 429 && i < 4; i += 1) {
      await fetch(at().url + paths.zonePhotos(ZONE), {
        method: 'POST',
        headers: { 'content-type': 'image/jpeg', 'x-forwarded-for': '192.0.2.7' },
        body: 'x',
      })
    }
    const one = await openRequest(at().url, head())
    await one.send('{')
    expect(await one.status()).toBe(status)
    expect(await one.hungUp).toBeLessThan(10_000)
  })

  it('keeps the connection where the rest of the body has arrived', async () => {
    const body = '{"zoneId":"nosuchzone","kind":"arrived"}'
    const one = await openRequest(
      at().url,
      jsonHead(`content-length: ${body.length}`).replace(paths.reports(), '/v1/no'),
    )
    await one.send(body)
    expect(await one.status()).toBe(404)
    const kept = await Promise.race([one.hungUp, new Promise<string>((resolve) => setTimeout(resolve, 2_500, 'kept'))])
    expect(kept).toBe('kept')
    one.destroy()
  })
})
