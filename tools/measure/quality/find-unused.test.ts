import { expect, it } from 'vitest'
import { findUnused } from './find-unused.ts'

it('finds exports whose name occurs nowhere else', () => {
  const span = (name: string) => ({ name, first: 1, last: 1 })
  const found = findUnused([
    { file: 'a.ts', text: 'export const used = 1\nexport const unused = 2', exports: [span('used'), span('unused')] },
    { file: 'b.ts', text: "import { used } from './a.ts'\nconst unused2 = used", exports: [] },
  ])
  expect(found.get('a.ts')).toEqual([span('unused')])
  expect(found.get('b.ts')).toEqual([])
})
