import path from 'node:path'
import { forEachEngine } from '@kickstand/testkit/engines'
import { testSettings } from '@kickstand/testkit/start-service'
import { expect, it } from 'vitest'
import { listAccess } from '#app/list-access.ts'
import { parseConfig } from '#platform/config.ts'
import { CHANGES, NO_ENTRY, type Call } from './support/route-samples.ts'
import { useService } from './support/use-service.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const routes = (await listAccess(parseConfig(testSettings('sqlite::memory:'), ROOT)))
  .filter(({ method }) => method !== 'GET')
  .map((route) => `${route.method} ${route.path}`)

it('every route that can change something is known to write an audit entry or not', () => {
  expect([...Object.keys(CHANGES), ...Object.keys(NO_ENTRY)].toSorted()).toEqual(routes.toSorted())
})

forEachEngine((engine) => {
  // Without jobs, which would write entries of their own.
  const at = useService(engine, { env: { KICKSTAND_ROLES: 'web,api' } })

  async function send(
    route: string,
    { path: address = route.slice(route.indexOf(' ') + 1), body, headers }: Call,
  ): Promise<number> {
    const answer = await fetch(at().url + address, {
      method: route.split(' ', 1)[0],
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    })
    await answer.body?.cancel()
    return answer.status
  }
  async function actions(): Promise<string[]> {
    const entries = await at().service.context.db.selectFrom('audit_entries').select('action').orderBy('id').execute()
    return entries.map(({ action }) => action)
  }

  it.each(Object.keys(CHANGES))(
    '%s writes one audit entry where it changes something, and none where it fails',
    async (route) => {
      const { make, action } = CHANGES[route]
      const { works, fails } = await make(at())
      const before = await actions()
      const failed = await send(route, fails)
      expect(failed).toBeGreaterThanOrEqual(400)
      expect(failed).toBeLessThan(500)
      expect(await actions()).toEqual(before)
      expect(await send(route, works)).toBeLessThan(300)
      expect(await actions()).toEqual([...before, action])
    },
  )
})
