import { describe, expect, it } from 'vitest'
import { deviceKey } from './device-key.ts'
import { clockOffset } from './server-clock.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')

describe("the server's clock", () => {
  it('is derived from a fresh answer, not from a cached one', () => {
    const date = 'Mon, 01 Jun 2026 12:05:00 GMT'
    expect(clockOffset(new Headers({ date }), NOW)).toBe(300_500)
    expect(clockOffset(new Headers({ date, age: '40' }), NOW)).toBeNull()
  })

  it('equals the own clock if they differ by less than the precision of the header', () => {
    expect(clockOffset(new Headers({ date: 'Mon, 01 Jun 2026 12:00:01 GMT' }), NOW)).toBe(0)
    expect(clockOffset(new Headers({}), NOW)).toBeNull()
  })
})

describe("the device's key", () => {
  it('is created once with 32 bytes and stored', () => {
    const held = new Map<string, string>()
    const storage = {
      getItem: (name: string) => held.get(name) ?? null,
      setItem: (name: string, value: string) => void held.set(name, value),
    }
    const key = deviceKey(storage)
    expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(deviceKey(storage)).toBe(key)
    expect(deviceKey({ getItem: () => null, setItem: () => {} })).not.toBe(key)
  })
})
