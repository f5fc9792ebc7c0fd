import { paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { runCommand } from '@kickstand/testkit/run-command'
import { startTestService } from '@kickstand/testkit/start-service'
import { describe, expect, it } from 'vitest'

type Finding = { readonly name: string; readonly state: string; readonly detail: string }

forEachEngine((engine) => {
  describe('forwarding headers', () => {
    async function noticesAfter(
      env: Record<string, string>,
      headers: Record<string, string>,
    ): Promise<readonly string[]> {
      const database = await engine.open()
      const service = await startTestService({ url: database.url, env })
      try {
        for (let i = 0; i < 3; i += 1) await service.get(paths.nearby() + '?lat=1&lng=1', headers)
        await expect.poll(async () => (await service.get('/readyz')).status).toBe(200)
        const read = () => service.service.context.database.db.selectFrom('notices').selectAll().execute()
        if (Object.keys(headers).length > 0 && env['KICKSTAND_TRUSTED_PROXIES'] !== '127.0.0.1') {
          await expect.poll(async () => (await read()).length).toBe(1)
        }
        return (await read()).map(({ detail }) => detail)
      } finally {
        await service.stop()
        await database.dispose()
      }
    }

    it.each(['x-forwarded-for', 'forwarded', 'x-real-ip'])(
      '%s from a peer that is not trusted is detected once',
      async (name) => {
        const [detail] = await noticesAfter({}, { [name]: '203.0.113.9' })
        expect(detail).toMatch(/was sent by (::ffff:)?127\.0\.0\.1, which is not in KICKSTAND_TRUSTED_PROXIES/)
        expect(detail).toContain(name)
        expect(detail).not.toContain('203.0.113')
      },
    )

    it('are detected if only another peer is trusted, but not from the trusted peer', async () => {
      const header = { 'x-forwarded-for': '203.0.113.9' }
      expect(await noticesAfter({ KICKSTAND_TRUSTED_PROXIES: '10.0.0.0/8' }, header)).toHaveLength(1)
      expect(await noticesAfter({ KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' }, header)).toEqual([])
      expect(await noticesAfter({}, {})).toEqual([])
    })

    it('are reported by doctor, with the setting that fixes it', async () => {
      const database = await engine.open()
      const service = await startTestService({ url: database.url })
      await service.get(paths.nearby() + '?lat=1&lng=1', { 'x-forwarded-for': '203.0.113.9' })
      const { db } = service.service.context.database
      await expect.poll(async () => (await db.selectFrom('notices').selectAll().execute()).length).toBe(1)
      await service.stop()
      const { stdout } = await runCommand(['doctor', '--json'], { databaseUrl: database.url })
      const { findings } = JSON.parse(stdout) as { findings: readonly Finding[] }
      expect(findings.find(({ name }) => name === 'Notice')).toMatchObject({
        state: 'weak',
        detail: expect.stringContaining('KICKSTAND_TRUSTED_PROXIES'),
      })
      await database.dispose()
    })
  })
})
