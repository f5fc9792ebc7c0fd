import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { fetchFeed } from './fetch-feed.ts'

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

it.skipIf(!hasOpenssl())(
  'a certificate that nobody vouches for is refused, also where private addresses are allowed',
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ks-tls-'))
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
    const args = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '1',
      '-subj',
      '/CN=localhost',
    ]
    execFileSync('openssl', args, { stdio: 'ignore' })
    let reached = 0
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, reply) => {
      reached += 1
      reply.end('secret')
    })
    try {
      await new Promise<void>((listening) => {
        server.listen(0, '127.0.0.1', listening)
      })
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      const got = fetchFeed(
        { sleep: async () => undefined, random: () => 0 },
        {
          address: `https://localhost:${port}/`,
          into: path.join(folder, 'body'),
          headers: {},
          validators: { etag: null, lastModified: null },
          limits: { bytes: 1000, seconds: 10 },
          allowPrivate: true,
        },
      )
      await expect(got).rejects.toThrow('is not to be trusted')
      expect(reached).toBe(0)
    } finally {
      server.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
