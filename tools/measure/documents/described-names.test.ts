import { expect, it } from 'vitest'
import { describedNames } from './described-names.ts'

it.each<[string, string, string[]]>([
  ['a row of a table', '| `KICKSTAND_PORT` | port to listen on | `4242` |', ['KICKSTAND_PORT']],
  ['a row with two names', '| `A_HOST`, `A_PORT` | address |', ['A_HOST', 'A_PORT']],
  ['an item of a list', '- `tokens:create`: A token was created', ['tokens:create']],
  ['an item with two names', '- `day` and `week` are lengths', ['day', 'week']],
  ['a metric with its labels', '- `kickstand_feeds{feed,channel}` counts feeds', ['kickstand_feeds']],
])('finds the names in %s', (_, line, names) => {
  expect(describedNames(`# Title\n\n${line}\n`)).toEqual(names)
})

it.each<[string, string]>([
  ['a name that is only mentioned', 'Set `KICKSTAND_PORT` before.'],
  ['a row without a description', '| `KICKSTAND_PORT` |  |'],
  ['an item without a description', '- `tokens:create`'],
  ['a name in another column', '| port | `KICKSTAND_PORT` |'],
  ['a name without backquotes', '- tokens:create: A token was created'],
])('does not accept %s', (_, line) => {
  expect(describedNames(line)).toEqual([])
})
