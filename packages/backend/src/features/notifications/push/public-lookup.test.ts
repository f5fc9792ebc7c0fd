import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { isPublicName } from './check-subscription.ts'
import { isPublicAddress, publicLookup } from './public-lookup.ts'

it.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '192.168.1.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'fe80::1',
  'fd00::1',
  'ff02::1',
  'localhost',
])('the address %s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

it.each(['93.184.216.34', '2606:2800:220:1::1'])('the address %s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

it.each([
  ['fcm.googleapis.com', true],
  ['updates.push.services.mozilla.com', true],
  ['web.push.apple.com.', true],
  ['localhost', false],
  ['router', false],
  ['a.localhost', false],
  ['10.0.0.1', false],
  ['[::1]', false],
])('%s as the host of a push service: %s', (name, isPublic) => {
  expect(isPublicName(name)).toBe(isPublic)
})

it('a name with one hidden address among public ones is rejected', async () => {
  const addresses = [
    { address: '93.184.216.34', family: 4 },
    { address: '192.168.1.1', family: 4 },
  ]
  const lookUp = promisify(publicLookup((_hostname, done) => done(null, addresses)))
  await expect(lookUp('push.example.org', { all: true })).rejects.toThrow('not public')
})
