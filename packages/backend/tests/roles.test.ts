import { paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { expect, it } from 'vitest'
import { expectProblem } from './support/expect-problem.ts'
import { useService } from './support/use-service.ts'

forEachEngine((engine) => {
  const api = useService(engine, { env: { KICKSTAND_ROLES: 'api' } })
  const rest = useService(engine, { env: { KICKSTAND_ROLES: 'web, live,jobs' } })
  const nearby = `${paths.nearby()}?lat=37.79&lng=-122.4`
  const live = `${paths.live()}?cells=13/1310/3166`

  it('a server answers requests for its roles', async () => {
    expect((await api().get(nearby)).status).toBe(200)
    expect((await rest().get('/')).status).toBe(200)
    const stream = await rest().get(live)
    expect(stream.status).toBe(200)
    await stream.body?.cancel()
  })

  it('and rejects all others with 421', async () => {
    await expectProblem(await api().get(live), 421, 'wrong-server')
    await expectProblem(await api().get('/'), 421, 'wrong-server')
    await expectProblem(await rest().get(nearby), 421, 'wrong-server')
    await expectProblem(await rest().post(paths.reports(), {}), 421, 'wrong-server')
  })

  it('shows its roles in /readyz and in the metrics', async () => {
    for (const [service, roles] of [
      [api(), 'api'],
      [rest(), 'web,live,jobs'],
    ] as const) {
      expect(await (await service.get(paths.readyz())).json()).toMatchObject({ status: 'ready', checks: { roles } })
      const metrics = await service.service.context.metrics.registry.metrics()
      for (const role of roles.split(',')) expect(metrics).toContain(`kickstand_role{role="${role}"} 1`)
    }
  })
})
