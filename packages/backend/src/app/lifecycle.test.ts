import { expect, it } from 'vitest'
import { createLifecycle } from './lifecycle.ts'

it('stops parts one by one in reverse order, once, and logs errors', async () => {
  const log: string[] = []
  const lifecycle = createLifecycle({
    error: (facts: unknown, text?: string) => void log.push(`${text}: ${(facts as { part: string }).part}`),
  })
  const part = (name: string, error: Error | null = null): void =>
    lifecycle.onStop(name, async () => {
      log.push(`begin ${name}`)
      await Promise.resolve()
      log.push(`end ${name}`)
      if (error !== null) throw error
    })
  part('database')
  part('jobs', new Error('no luck'))
  lifecycle.onStop('server', () => {
    throw new Error('no luck at once')
  })
  await Promise.all([lifecycle.stop(), lifecycle.stop()])
  expect(log).toEqual([
    'a part of the service could not be stopped: server',
    'begin jobs',
    'end jobs',
    'a part of the service could not be stopped: jobs',
    'begin database',
    'end database',
  ])
})
