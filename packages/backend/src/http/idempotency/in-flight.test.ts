import { expect, it } from 'vitest'
import { createInFlight } from './in-flight.ts'
import { scopeKey } from './scoped-key.ts'

it('a key is taken while its first request is in progress, also if that fails, and for nobody else', async () => {
  const inFlight = createInFlight()
  const key = scopeKey('reports', 'rider1', 'k')
  const { promise, reject } = Promise.withResolvers<string>()
  const first = inFlight.run(key, () => promise)
  await expect(inFlight.run(key, async () => 'second')).rejects.toMatchObject({ code: 'idempotency-in-flight' })
  for (const other of [scopeKey('reports', 'rider2', 'k'), scopeKey('contributions', 'rider1', 'k'), null, null]) {
    expect(await inFlight.run(other, async () => 'other')).toBe('other')
  }
  reject(new Error('no luck'))
  await expect(first).rejects.toThrow('no luck')
  expect(await inFlight.run(key, async () => 'again')).toBe('again')
})
