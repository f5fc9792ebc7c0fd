import { describe, expect, it } from 'vitest'
import { createServerClock } from './server-clock.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')

/** How far the clock is ahead of the device's after answers with these headers, in milliseconds. */
function offsetAfter(...answers: Record<string, string>[]): number {
  const clock = createServerClock(() => NOW)
  for (const headers of answers) clock.update(new Headers(headers))
  return clock.now() - NOW
}

describe("the server's clock", () => {
  const date = 'Mon, 01 Jun 2026 12:05:00 GMT'

  it('is derived from a fresh answer, not from a cached one', () => {
    expect(offsetAfter({ date })).toBe(300_500)
    expect(offsetAfter({ date, age: '40' })).toBe(0)
    expect(offsetAfter({ date }, { date: 'Mon, 01 Jun 2026 13:00:00 GMT', age: '40' })).toBe(300_500)
  })

  it("equals the device's clock if they differ by less than the precision of the header", () => {
    expect(offsetAfter({ date: 'Mon, 01 Jun 2026 12:00:01 GMT' })).toBe(0)
  })

  it('stays the same after an answer without a date', () => {
    expect(offsetAfter({})).toBe(0)
    expect(offsetAfter({ date }, {})).toBe(300_500)
  })
})
