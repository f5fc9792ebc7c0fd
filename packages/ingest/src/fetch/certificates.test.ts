import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fetchFeed } from './fetch-feed.ts'

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const NEW_KEY = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost']

describe.skipIf(!hasOpenssl())('over https', () => {
  let folder: string
  let key: string
  let cert: string
  let servers: Server[]

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'ks-tls-'))
    const [keyFile, certFile] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
    const name = ['-addext', 'subjectAltName=DNS:localhost']
    execFileSync('openssl', [...NEW_KEY, ...name, '-keyout', keyFile, '-out', certFile], { stdio: 'ignore' })
    key = readFileSync(keyFile, 'utf8')
    cert = readFileSync(certFile, 'utf8')
    servers = []
  })
  afterEach(() => {
    for (const server of servers) server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function serve(protocol: 'http' | 'https', answer: RequestListener): Promise<string> {
    const server = protocol === 'https' ? createServer({ key, cert }, answer) : createPlainServer(answer)
    servers.push(server)
    await new Promise<void>((listening) => {
      server.listen(0, '127.0.0.1', listening)
    })
    const address = server.address()
    return `${protocol}://localhost:${typeof address === 'object' ? address?.port : ''}/`
  }
  async function get(address: string): Promise<string> {
    const into = path.join(folder, 'body')
    const limits = { bytes: 1000, seconds: 10 }
    const validators = { etag: null, lastModified: null }
    const input = { address, into, headers: {}, validators, limits, allowPrivate: true }
    const got = await fetchFeed({ sleep: async () => undefined, random: () => 0 }, input)
    return got.changed ? readFileSync(got.file, 'utf8') : ''
  }
  /** Runs `work` while the certificate of these servers is trusted, like that of a public server. */
  async function trusting(work: () => Promise<void>): Promise<void> {
    const before = getCACertificates('default')
    setDefaultCACertificates([...before, cert])
    try {
      await work()
    } finally {
      setDefaultCACertificates(before)
    }
  }

  it('an untrusted certificate is rejected, also where private addresses are allowed', async () => {
    let reached = 0
    const url = await serve('https', (_request, reply) => {
      reached += 1
      reply.end('secret')
    })
    await expect(get(url)).rejects.toThrow('is not trusted')
    expect(reached).toBe(0)
  })

  it.each([301, 302, 303, 307, 308])(
    'a redirect with status %i is followed to https, never to http',
    async (status) => {
      let reached = 0
      const open = await serve('http', (_request, reply) => {
        reached += 1
        reply.end('changed on the way')
      })
      const safe = await serve('https', (_request, reply) => reply.end('as it was sent'))
      const to = (location: string): Promise<string> =>
        serve('https', (_request, reply) => reply.writeHead(status, { location }).end())
      await trusting(async () => {
        expect(await get(await to(safe))).toBe('as it was sent')
        await expect(get(await to(open))).rejects.toThrow('redirects from https to http')
        await expect(get(await to(await to(open)))).rejects.toThrow('redirects from https to http')
      })
      expect(reached).toBe(0)
    },
  )
})
