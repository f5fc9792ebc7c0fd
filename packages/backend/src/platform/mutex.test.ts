import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createMutex } from './mutex.ts'

it('runs work one at a time and in order, whatever takes how long or fails', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ turns: fc.nat(5), fails: fc.boolean() })), async (works) => {
      const mutex = createMutex()
      const log: string[] = []
      const runs = works.map(({ turns, fails }, i) =>
        mutex.run(async () => {
          log.push(`begin ${i}`)
          for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
          log.push(`end ${i}`)
          if (fails) throw new Error(`failed ${i}`)
          return i
        }),
      )
      const results = await Promise.allSettled(runs)
      expect(log).toEqual(works.flatMap((_, i) => [`begin ${i}`, `end ${i}`]))
      expect(results.map(({ status }) => status)).toEqual(works.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')))
    }),
  )
})
