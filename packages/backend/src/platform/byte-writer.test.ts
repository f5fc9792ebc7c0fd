import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  createByteWriter,
  room,
  writeAscii,
  writeDecimal,
  writeTimestamp,
  writeWhole,
  type ByteWriter,
} from './byte-writer.ts'

function written(write: (writer: ByteWriter) => void): string {
  const writer = createByteWriter()
  write(writer)
  return writer.bytes.toString('latin1', 0, writer.at)
}

it('whole numbers are written as JSON has them', () => {
  fc.assert(
    fc.property(fc.oneof(fc.nat(), fc.maxSafeNat()), (value) => {
      expect(written((writer) => writeWhole(writer, value))).toBe(JSON.stringify(value))
    }),
  )
})

it('tenths and hundredths are written as JSON has the rounded number', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e8, noNaN: true }),
      fc.constantFrom(10 as const, 100 as const),
      (value, unit) => {
        const rounded = Math.round(value * unit) / unit
        expect(written((writer) => writeDecimal(writer, value, unit))).toBe(JSON.stringify(Math.abs(rounded)))
      },
    ),
    { numRuns: 2000 },
  )
})

it('times are written as toISOString has them', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }), (date) => {
      expect(written((writer) => writeTimestamp(writer, date.getTime()))).toBe(date.toISOString())
    }),
    { numRuns: 1000 },
  )
})

it('the content stays when the buffer grows', () => {
  const text = written((writer) => {
    for (let i = 0; i < 30_000; i += 1) {
      room(writer, 10)
      writeAscii(writer, '0123456789')
    }
  })
  expect(text).toBe('0123456789'.repeat(30_000))
})
