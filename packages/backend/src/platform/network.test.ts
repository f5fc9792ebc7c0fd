import { describe, expect, it } from 'vitest'
import { callerOf, createNetworkOf, isInNetworks, prefixOf, readNetwork } from './network.ts'

describe('network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113'],
    ['::ffff:203.0.113.250', '203.0.113'],
    ['2001:db8:42:9::1', '2001:db8:42'],
    ['2001:0DB8:0042::', '2001:db8:42'],
    ['2001:db8::1', '2001:db8:0'],
    ['2001::1:2:3:4:5:6', '2001:0:1'],
    ['2a00:1450:4001:80b::200e', '2a00:1450:4001'],
  ])('of %s is %s', (address, network) => {
    expect(prefixOf(address)).toBe(network)
  })

  it.each(['127.0.0.1', '::1', '::ffff:10.1.2.3', '192.168.1.20', '100.64.3.4', 'fd00::1', 'fe80::1%eth0', 'unix', ''])(
    'is null for %s, which many may share',
    (address) => {
      expect(prefixOf(address)).toBeNull()
    },
  )

  it('is a hash that depends on the secret', () => {
    const [one, other] = [createNetworkOf('one'), createNetworkOf('other')]
    expect(one('203.0.113.7')).toBe(one('203.0.113.99'))
    expect(one('203.0.113.7')).not.toBe(one('203.0.114.7'))
    expect(one('203.0.113.7')).not.toBe(other('203.0.113.7'))
    expect(one('203.0.113.7')).toMatch(/^[\w-]{16}$/)
  })
})

describe('the unit of rate limits', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:42:9::1', '2001:db8:42:9'],
    ['2001:db8:42:9:ffff::2', '2001:db8:42:9'],
    ['2001:DB8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('at %s is %s', (address, caller) => {
    expect(callerOf(address)).toBe(caller)
  })
})

describe('networks that may use a token', () => {
  it.each([
    ['198.51.100.7', ['198.51.100.0/24'], true],
    ['198.51.101.7', ['198.51.100.0/24'], false],
    ['198.51.101.7', ['198.51.100.0/24', '198.51.101.0/24'], true],
    ['198.51.100.7', ['198.51.100.7/32'], true],
    ['198.51.100.8', ['198.51.100.7/32'], false],
    ['203.0.113.9', ['0.0.0.0/0'], true],
    ['2001:db8::9', ['0.0.0.0/0'], false],
    ['::ffff:198.51.100.7', ['198.51.100.0/24'], true],
    ['2001:db8:1::9', ['2001:db8::/32'], true],
    ['2001:db9::9', ['2001:db8::/32'], false],
    ['unix', ['0.0.0.0/0', '::/0'], false],
    ['', ['0.0.0.0/0', '::/0'], false],
  ])('%s is in %j: %s', (address, networks, expected) => {
    expect(isInNetworks(address, networks)).toBe(expected)
  })

  it.each([
    ['198.51.100.0/24', '198.51.100.0/24'],
    ['198.51.100.77/24', '198.51.100.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8:0:0::7/32', '2001:db8::/32'],
    ['::/0', '::/0'],
  ])('%s is stored as %s', (text, stored) => {
    expect(readNetwork(text)).toBe(stored)
  })

  it.each([
    '',
    'anywhere',
    '198.51.100.7',
    '198.51.100.0/33',
    '198.51.100/24',
    '198.51.100.0/-1',
    '198.51.100.0/24 ',
    '198.51.100.0/24,0.0.0.0/0',
    '010.0.0.0/8',
    '0x0a.0.0.0/8',
    '2001:db8::/129',
    '::ffff:198.51.100.0/120',
    'fe80::1%eth0/64',
  ])('%j is no network', (text) => {
    expect(readNetwork(text)).toBeNull()
  })
})
