import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createIdTable } from './id-table.ts'

const ids = fc.uniqueArray(fc.stringMatching(/^[0-9a-z]{1,20}$/), { minLength: 1, maxLength: 200 })

it('gives rows in order, and finds each by its id and each id by its row', () => {
  fc.assert(
    fc.property(ids, fc.nat(3000), (all, reserved) => {
      const [known, unknown] = [all.slice(0, Math.ceil(all.length / 2)), all.slice(Math.ceil(all.length / 2))]
      const table = createIdTable()
      table.reserve(reserved)
      expect(known.map((id) => table.add(id))).toEqual(known.map((_, i) => i))
      expect(known.map((id) => table.rowOf(id))).toEqual(known.map((_, i) => i))
      expect(known.map((_, row) => table.id(row))).toEqual(known)
      for (const id of unknown) expect(table.rowOf(id)).toBeUndefined()
      expect(table.size()).toBe(known.length)
    }),
  )
})

it('orders rows as their ids are ordered', () => {
  fc.assert(
    fc.property(ids, (all) => {
      const table = createIdTable()
      const rows = all.map((id) => table.add(id))
      expect(rows.toSorted(table.compare).map((row) => table.id(row))).toEqual(all.toSorted())
    }),
  )
})

it('grows far beyond its initial capacity', () => {
  const table = createIdTable()
  for (let i = 0; i < 50_000; i += 1) table.add(`zone-${i}`)
  for (let i = 0; i < 50_000; i += 1) expect(table.rowOf(`zone-${i}`)).toBe(i)
  expect(table.rowOf('zone-50000')).toBeUndefined()
})
