import { describe, expect, it } from 'vitest'
import { checkChannelChoices, isChannelOn, listChannels, type ChannelChoice } from './notification-kinds.ts'

const choice = (changes: Partial<ChannelChoice>): ChannelChoice => ({
  kind: 'contribution-decided',
  channel: 'push',
  isOn: false,
  ...changes,
})

describe('a channel', () => {
  it('is on or off as chosen, and by default as its kind says', () => {
    expect(isChannelOn('contribution-decided', 'push', [])).toBe(true)
    expect(isChannelOn('contribution-decided', 'push', [choice({})])).toBe(false)
    expect(isChannelOn('contribution-decided', 'inbox', [choice({})])).toBe(true)
  })

  it('that a kind lacks is never on', () => {
    expect(isChannelOn('contribution-decided', 'mail', [choice({ channel: 'mail', isOn: true })])).toBe(false)
  })

  it('that is for the safety of the person stays on, whatever is stored', () => {
    expect(isChannelOn('role-changed', 'inbox', [choice({ kind: 'role-changed', channel: 'inbox' })])).toBe(true)
  })

  it('is listed for its audience only', () => {
    expect(listChannels('rider', [choice({})])).toEqual([
      { kind: 'contribution-decided', channel: 'inbox', isOn: true, isFixed: false },
      { kind: 'contribution-decided', channel: 'push', isOn: false, isFixed: false },
    ])
  })
})

it.each<[string, 'rider' | 'account', ChannelChoice[], RegExp]>([
  ['a kind of another audience', 'rider', [choice({ kind: 'role-changed' })], /is unknown/],
  ['a channel that the kind lacks', 'rider', [choice({ channel: 'mail' })], /is unknown/],
  ['a fixed channel off', 'account', [choice({ kind: 'role-changed', channel: 'inbox' })], /cannot be turned off/],
  ['a channel twice', 'rider', [choice({}), choice({ isOn: true })], /again/],
])('rejects %s', (_, audience, choices, reason) => {
  expect(() => checkChannelChoices(audience, choices)).toThrow(reason)
})
