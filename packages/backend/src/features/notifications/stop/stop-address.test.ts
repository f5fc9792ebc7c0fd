import { expect, it } from 'vitest'
import { readStopSecret, writeStopSecret } from './stop-address.ts'

const STOP = { channel: 'push', id: '0123456789abcdefg', kind: 'contribution-decided' } as const

it('a stop address says what it stops, to the key that signed it only', () => {
  const secret = writeStopSecret('key', STOP)
  expect(secret).toMatch(/^[\w.-]+$/)
  expect(readStopSecret('key', secret)).toEqual(STOP)
  expect(readStopSecret('other key', secret)).toBeNull()
})

it.each([
  (secret: string) => secret.replace('push', 'mail'),
  (secret: string) => secret.replace('0123', '3210'),
  (secret: string) => secret.replace('contribution-decided', 'role-changed'),
  (secret: string) => secret.slice(0, -1),
  (secret: string) => `${secret}A`,
  () => '',
  () => 'push.a.constructor.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
])('a changed stop address is none (%#)', (change) => {
  expect(readStopSecret('key', change(writeStopSecret('key', STOP)))).toBeNull()
})
