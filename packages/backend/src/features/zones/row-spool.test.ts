import { expect, it } from 'vitest'
import { createRowSpool } from './row-spool.ts'

it.each([0, 1, 9, 10, 11, 35])('a spool gives %i rows in order, repeatedly', async (count) => {
  const rows = Array.from({ length: count }, (_, i) => ({ ref: `r${i}\n"\u2028`, facts: { name: null, lat: i / 3 } }))
  const spool = createRowSpool<(typeof rows)[number]>(10)
  for (const row of rows) await spool.add(row)
  expect(spool.size()).toBe(count)
  for (let time = 0; time < 2; time++) {
    const read: typeof rows = []
    for await (const row of spool.rows()) read.push(row)
    expect(read).toEqual(rows)
  }
  await spool.close()
})
