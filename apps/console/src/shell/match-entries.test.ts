import { expect, it } from 'vitest'
import { matchEntries } from './match-entries.ts'

const ENTRIES = ['My account', 'Accounts', 'Audit log', 'City of Ulm'].map((label) => ({ label }))

it.each([
  ['', ['My account', 'Accounts', 'Audit log', 'City of Ulm']],
  ['acc', ['Accounts', 'My account']],
  ['ULM city', ['City of Ulm']],
  ['zones', []],
])('the text %j finds %j', (text, labels) => {
  expect(matchEntries(ENTRIES, text).map(({ label }) => label)).toEqual(labels)
})
