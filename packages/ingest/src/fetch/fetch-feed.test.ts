import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startNameServer, type NameServer } from '../../tests/support/name-server.ts'
import { fetchFeed, type Fetched, type FetchDeps, type FetchInput } from './fetch-feed.ts'

let folder: string
let closing: (() => unknown)[]
let waits: number[]
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ks-fetch-'))
  closing = []
  waits = []
})
afterEach(async () => {
  for (const close of closing) await close()
  await rm(folder, { recursive: true, force: true })
})

/** A server on loopback; `url` names it by its address. */
async function serve(listener: RequestListener, host = '127.0.0.1'): Promise<{ port: number; url: string }> {
  const server: Server = createServer(listener)
  await new Promise<void>((listening) => {
    server.listen(0, host, listening)
  })
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { port, url: `http://${host}:${port}/` }
}

async function serveNames(answer: Parameters<typeof startNameServer>[0]): Promise<NameServer> {
  const names = await startNameServer(answer)
  closing.push(() => names.close())
  return names
}

function get(address: string, input: Partial<FetchInput> = {}, deps: Partial<FetchDeps> = {}): Promise<Fetched> {
  return fetchFeed(
    {
      sleep: async (ms) => {
        waits.push(ms)
      },
      random: () => 0.5,
      ...deps,
    },
    {
      address,
      into: path.join(folder, 'body'),
      headers: {},
      validators: { etag: null, lastModified: null },
      limits: { bytes: 1_000_000, seconds: 10 },
      allowPrivate: true,
      ...input,
    },
  )
}

async function textOf(fetched: Fetched): Promise<string> {
  return fetched.changed ? readFile(fetched.file, 'utf8') : '(unchanged)'
}

describe('an address outside of the public internet', () => {
  const secret: RequestListener = (_request, reply) => reply.end('secret')

  it.each([
    ['http://127.0.0.1:PORT/', 'loopback'],
    ['http://localhost:PORT/', 'a name for loopback'],
    ['http://2130706433:PORT/', 'a decimal number'],
    ['http://0x7f000001:PORT/', 'a hexadecimal number'],
    ['http://0177.0.0.1:PORT/', 'an octal number'],
    ['http://127.1:PORT/', 'a short form'],
    ['http://127。0。0。1:PORT/', 'full stops of another script'],
    ['http://[::ffff:127.0.0.1]:PORT/', 'an IPv4 address within IPv6'],
    ['http://[64:ff9b::7f00:1]:PORT/', 'an IPv4 address behind NAT64'],
    ['http://[2002:7f00:1::]:PORT/', 'an IPv4 address within 6to4'],
    ['http://[::1]:PORT/', 'loopback of IPv6'],
    ['http://0.0.0.0:PORT/', 'any address of this machine'],
  ])('is not fetched from %s (%s)', async (address) => {
    let reached = 0
    const { port } = await serve((request, reply) => {
      reached += 1
      secret(request, reply)
    })
    await expect(get(address.replace('PORT', String(port)), { allowPrivate: false })).rejects.toThrow(
      'not on the public internet',
    )
    expect(reached).toBe(0)
    expect(waits).toEqual([])
  })

  it('is fetched where the owner of the profile allows it', async () => {
    const { url } = await serve(secret)
    expect(await textOf(await get(url))).toBe('secret')
  })

  it('is not reached by a host name, nor by one that has a public address as well', async () => {
    const { port } = await serve(secret)
    const names = await serveNames((host) => (host === 'mixed.test' ? ['93.184.216.34', '127.0.0.1'] : ['127.0.0.1']))
    for (const host of ['inside.test', 'mixed.test']) {
      const got = get(`http://${host}:${port}/`, { allowPrivate: false }, { resolve: names.resolve })
      await expect(got).rejects.toThrow(`${host} leads to 127.0.0.1`)
    }
  })

  // In these tests 127.0.0.2 stands for the public internet.
  const isPermitted = (address: string): boolean => address === '127.0.0.2'

  it('is not reached by DNS rebinding between the check and the connection', async () => {
    let reached = 0
    const open = await serve((_request, reply) => reply.end('public'), '127.0.0.2')
    const inner = createServer(() => {
      reached += 1
    })
    await new Promise<void>((listening) => {
      inner.listen(open.port, '127.0.0.1', listening)
    })
    closing.push(() => inner.close())
    const names = await serveNames((_host, asked) => [asked === 1 ? '127.0.0.2' : '127.0.0.1'])
    const got = await get(`http://rebind.test:${open.port}/`, {}, { resolve: names.resolve, isPermitted })
    expect(await textOf(got)).toBe('public')
    expect({ asked: names.asked(), reached }).toEqual({ asked: 1, reached: 0 })
    // The second lookup leads to a private address, and is rejected.
    const again = get(`http://rebind.test:${open.port}/`, {}, { resolve: names.resolve, isPermitted })
    await expect(again).rejects.toThrow('leads to 127.0.0.1')
    expect(reached).toBe(0)
  })

  it('is not reached by a redirect, to an address or to a host name', async () => {
    let reached = 0
    const inner = await serve(() => {
      reached += 1
    })
    const names = await serveNames((host) => [host === 'outside.test' ? '127.0.0.2' : '127.0.0.1'])
    const targets = [inner.url, `http://2130706433:${inner.port}/`, `http://inside.test:${inner.port}/`]
    for (const location of targets) {
      const open = await serve((_request, reply) => reply.writeHead(302, { location }).end(), '127.0.0.2')
      const got = get(`http://outside.test:${open.port}/`, {}, { resolve: names.resolve, isPermitted })
      await expect(got).rejects.toThrow('leads to 127.0.0.1')
    }
    expect(reached).toBe(0)
  })

  it.each(['ftp://example.test/', 'gopher://example.test/', 'http://user:pass@example.test/'])(
    'nor is %s fetched',
    async (address) => {
      await expect(get(address)).rejects.toMatchObject({ code: 'feed-failed' })
    },
  )
})

describe('redirects', () => {
  it('are followed up to a limit', async () => {
    let hops = 0
    const { url } = await serve((request, reply) => {
      const left = Number(request.url?.slice(1))
      hops += 1
      if (left > 0) reply.writeHead(307, { location: `/${left - 1}` }).end()
      else reply.end('there')
    })
    expect(await textOf(await get(`${url}5`))).toBe('there')
    hops = 0
    await expect(get(`${url}6`)).rejects.toThrow('more than 5 times')
    expect(hops).toBe(6)
  })

  it('do not carry secrets to another origin', async () => {
    const seen: (string | undefined)[] = []
    const other = await serve((request, reply) => {
      seen.push(request.headers.authorization)
      reply.end('there')
    })
    const { url } = await serve((request, reply) => {
      seen.push(request.headers.authorization)
      reply.writeHead(302, { location: other.url }).end()
    })
    await get(url, { headers: { authorization: 'secret' } })
    expect(seen).toEqual(['secret', undefined])
  })
})

describe('versions', () => {
  it('are requested with the validators of the last', async () => {
    const { url } = await serve((request, reply) => {
      const { 'if-none-match': tag, 'if-modified-since': since } = request.headers
      if (tag === '"v1"' && since === 'Wed, 04 Mar 2026 12:00:00 GMT') return reply.writeHead(304).end()
      return reply.writeHead(200, { etag: '"v1"', 'last-modified': 'Wed, 04 Mar 2026 12:00:00 GMT' }).end('v1')
    })
    const first = await get(url)
    if (!first.changed) throw new Error('the first is new')
    expect(await get(url, { validators: first.validators })).toEqual({ changed: false })
  })

  it('of a file are its size and time', async () => {
    const file = path.join(import.meta.dirname, 'fetch-feed.ts')
    const first = await get(file)
    if (!first.changed) throw new Error('the first is new')
    expect(first.file).toBe(file)
    expect(await get(file, { validators: first.validators })).toEqual({ changed: false })
  })
})

describe('limits', () => {
  it('end an endless body, whatever its declared length', async () => {
    let sent = 0
    const { url } = await serve((_request, reply) => {
      const more = (): void => {
        while (!reply.destroyed && reply.write(Buffer.alloc(65_536))) sent += 65_536
      }
      reply.on('drain', more)
      more()
    })
    await expect(get(url)).rejects.toThrow('over 1,000,000 bytes')
    expect(sent).toBeLessThan(50_000_000)
    expect(waits).toEqual([])
  })

  it('end a gzip bomb, as content encoding or as a file', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000))
    expect(bomb.length).toBeLessThan(100_000)
    const way = await serve((_request, reply) => reply.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
    const file = await serve((_request, reply) => reply.end(bomb))
    const both = await serve((_request, reply) =>
      reply.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(bomb)),
    )
    for (const { url } of [way, file, both]) await expect(get(url)).rejects.toThrow('over 1,000,000 bytes')
    const nested = await serve((_request, reply) => reply.end(gzipSync(gzipSync('x'))))
    await expect(get(nested.url)).rejects.toThrow('packed more than once')
  })

  it('accept a body within them, decompressed', async () => {
    const way = await serve((_request, reply) =>
      reply.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello')),
    )
    const file = await serve((_request, reply) => reply.end(gzipSync('hello')))
    const empty = await serve((_request, reply) => reply.end(''))
    expect(await textOf(await get(way.url))).toBe('hello')
    expect(await textOf(await get(file.url, { into: path.join(folder, 'second') }))).toBe('hello')
    expect(await textOf(await get(empty.url, { into: path.join(folder, 'third') }))).toBe('')
  })

  it('end a slow body', async () => {
    const { url } = await serve((_request, reply) => {
      reply.write('a')
      const timer = setInterval(() => reply.write('a'), 50)
      reply.on('close', () => clearInterval(timer))
    })
    await expect(get(url, { limits: { bytes: 1_000_000, seconds: 0.3 } })).rejects.toThrow('within 0.3 s')
  })

  it('detect a truncated body', async () => {
    const { url } = await serve((_request, reply) => {
      reply.writeHead(200, { 'content-length': '1000' })
      reply.write('half', () => reply.destroy())
    })
    await expect(get(url)).rejects.toMatchObject({ code: 'feed-failed' })
  })
})

describe('retries', () => {
  it('back off exponentially while the server is busy', async () => {
    const answers = [500, 503, 502, 200]
    const { url } = await serve((_request, reply) => reply.writeHead(answers.shift() ?? 200).end('at last'))
    expect(await textOf(await get(url))).toBe('at last')
    expect(waits).toEqual([1000, 2000, 4000])
  })

  it('follow Retry-After, and end where that is too long', async () => {
    let asked = 0
    const { url } = await serve((_request, reply) => {
      asked += 1
      if (asked === 1) reply.writeHead(429, { 'retry-after': '7' }).end()
      else reply.writeHead(429, { 'retry-after': '3600' }).end()
    })
    await expect(get(url)).rejects.toThrow('answers 429')
    expect({ asked, waits }).toEqual({ asked: 2, waits: [7000] })
  })

  it('do not follow a client error', async () => {
    let asked = 0
    const { url } = await serve((_request, reply) => {
      asked += 1
      reply.writeHead(404).end()
    })
    await expect(get(url)).rejects.toThrow('answers 404')
    expect(asked).toBe(1)
  })

  it('end after four attempts at an unreachable server', async () => {
    const { port } = await serve(() => undefined)
    await closing.pop()?.()
    await expect(get(`http://127.0.0.1:${port}/`)).rejects.toThrow('ECONNREFUSED')
    expect(waits).toHaveLength(3)
  })
})
