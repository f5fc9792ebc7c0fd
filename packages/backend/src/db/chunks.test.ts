import { expect, it } from 'vitest'
import { chunks } from './chunks.ts'

it('yields every item once, in order, in chunks of few lengths', () => {
  for (const count of [0, 1, 2, 3, 127, 128, 129, 255, 300, 1000]) {
    const list = Array.from({ length: count }, (_, i) => i)
    const parts = [...chunks(list)]
    expect(parts.flat()).toEqual(list)
    for (const { length } of parts) expect([1, 2, 4, 8, 16, 32, 64, 128]).toContain(length)
  }
})
