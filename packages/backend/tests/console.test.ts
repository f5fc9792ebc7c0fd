import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { forEachEngine } from '@kickstand/testkit/engines'
import { afterAll, describe, expect, it } from 'vitest'
import { expectProblem } from './support/expect-problem.ts'
import { useService } from './support/use-service.ts'

/** What each directive of the console may allow: this server, or nothing. */
const ALLOWED: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'font-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
}

function makePage(title: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'ks-page-'))
  const html = `<!doctype html><title>${title}</title>`
  mkdirSync(path.join(folder, 'assets'))
  writeFileSync(path.join(folder, 'index.html'), html)
  writeFileSync(path.join(folder, 'index.html.br'), brotliCompressSync(html))
  writeFileSync(path.join(folder, 'assets/main-4f3a.js'), `// ${title}`)
  return folder
}

function parsePolicy(header: string | null): Record<string, string> {
  const directives = (header ?? '').split(';').map((one) => one.trim())
  return Object.fromEntries(directives.map((one) => [one.split(' ')[0], one.split(' ').slice(1).join(' ')]))
}

forEachEngine((engine) => {
  describe('the console', () => {
    const roots = { rider: makePage('Riders'), console: makePage('Console') }
    afterAll(() => Object.values(roots).forEach((folder) => rmSync(folder, { recursive: true })))
    const at = useService(engine, { webRoots: roots })
    const html = { accept: 'text/html' }

    it.each(['/console', '/console/', '/console?a=1', '/console/zones/1', '/console/no/such/page'])(
      'answers %s with its page',
      async (address) => {
        const answer = await at().get(address, html)
        expect(answer.status).toBe(200)
        expect(await answer.text()).toContain('<title>Console')
      },
    )

    it.each(['/', '/zones/abc', '/consoles', '/console-2/x'])('does not answer %s', async (address) => {
      const answer = await at().get(address, html)
      expect(await answer.text()).toContain('<title>Riders')
    })

    it('answers its front page to monitors, which accept anything', async () => {
      expect(await (await at().get('/console')).text()).toContain('<title>Console')
      expect((await fetch(`${at().url}/console`, { method: 'HEAD' })).status).toBe(200)
    })

    it.each(['/console/assets/gone-1.js', '/console/assets/'])(
      'answers 404 for %s, never its page',
      async (address) => {
        await expectProblem(await at().get(address, html), 404, 'not-found')
      },
    )

    it('answers 404 to other methods and to requests for data', async () => {
      await expectProblem(await at().post('/console', {}, html), 404, 'not-found')
      await expectProblem(await at().get('/console/zones', { accept: 'application/json' }), 404, 'not-found')
      await expectProblem(await at().get('/console/../../package.json'), 404, 'not-found')
    })

    it.each(['/console', '/console/', '/console/index.html', '/console/zones/1'])(
      'sends the strict policy with %s, and nothing that weakens it',
      async (address) => {
        const { headers } = await at().get(address, html)
        const policy = headers.get('content-security-policy')
        expect(parsePolicy(policy)).toEqual(ALLOWED)
        expect(policy).not.toMatch(/unsafe|\*|https?:|data:|blob:/)
      },
    )

    it('sends the other security headers', async () => {
      const { headers } = await at().get('/console', html)
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': 'geolocation=(), camera=(), microphone=()',
        'content-type': 'text/html; charset=utf-8',
      })
    })

    it('lets nobody keep its page without asking, and its hashed files for a year', async () => {
      for (const address of ['/console', '/console/index.html', '/console/zones/1']) {
        expect((await at().get(address, html)).headers.get('cache-control')).toBe('no-cache')
      }
      const script = await at().get('/console/assets/main-4f3a.js')
      expect(await script.text()).toBe('// Console')
      expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    })

    it('leaves the policy of the riders’ page as it is', async () => {
      const policy = parsePolicy((await at().get('/', html)).headers.get('content-security-policy'))
      expect(policy['script-src']).toBe("'self'")
      expect(policy['frame-ancestors']).toBe("'none'")
      expect(policy['connect-src']).toContain('https:')
    })
  })

  describe('without built apps', () => {
    const at = useService(engine)

    it.each(['/', '/console'])('%s says how to build them', async (address) => {
      expect(await (await at().get(address, { accept: 'text/html' })).text()).toContain('Run npm start')
    })

    it('other addresses of the console are 404', async () => {
      await expectProblem(await at().get('/console/zones', { accept: 'text/html' }), 404, 'not-found')
    })
  })
})
