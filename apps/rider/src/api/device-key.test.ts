import { describe, expect, it } from 'vitest'
import { deviceKey } from './device-key.ts'

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
