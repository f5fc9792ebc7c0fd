import { expect, it } from 'vitest'
import { commandNames } from './command-names.ts'

type Command = Parameters<typeof commandNames>[0]
const command = (name: string, ...commands: Command[]): Command => ({ name: () => name, commands })

it('names commands at all levels as they are typed', () => {
  const program = command('kickstand', command('tokens', command('list')), command('serve'))
  expect(commandNames(program)).toEqual(['kickstand tokens', 'kickstand tokens list', 'kickstand serve'])
})
