import { describe, expect, it } from 'vitest'
import { measureSource } from './measure-source.ts'

const measure = (text: string) => measureSource('a.ts', text)
const typeFaults = (text: string) => measure(text).typeFaults.map(({ name, first }) => [name, first])

describe('faults of types', () => {
  it.each<[string, string]>([
    ['any', 'const a: any = 1'],
    ['any', 'function f(list: Array<any>) {}'],
    ['!', 'const a = b!.c'],
    ['as unknown as', 'const a = b as unknown as string'],
    ['@ts-ignore', '// @ts-ignore'],
    ['@ts-expect-error -- declared elsewhere', '// @ts-expect-error -- declared elsewhere'],
    ['oxlint-disable', '/* oxlint-disable */'],
  ])('has %s', (name, text) => {
    expect(typeFaults(`\n${text}\n`)).toEqual([[name, 2]])
  })

  it.each(["const a = 'any! as unknown as'", '// any a!', 'const a = !b', 'const a = b as string', 'let any = 1'])(
    'has none in %j',
    (text) => {
      expect(typeFaults(text)).toEqual([])
    },
  )
})

it('measures lines, and functions with the functions inside them', () => {
  const { lines, functions } = measure('function outer() {\n  return () => {\n    return 1\n  }\n}\n')
  expect(lines).toBe(5)
  expect(functions).toEqual([
    { name: 'outer', first: 1, last: 5 },
    { name: '=>', first: 2, last: 4 },
  ])
})

it('tells which exported functions have a docstring', () => {
  const text = `/** One. */
export function one() {}
/** Of something else. */
const other = 1
export function two() {}
// no docstring
export const three = () => other
/** Four. */
export const four = function () {}
export const five = 5
function own() {}
`
  const { exportedFunctions, exports } = measure(text)
  expect(exportedFunctions.map(({ name, isDocumented }) => [name, isDocumented])).toEqual([
    ['one', true],
    ['two', false],
    ['three', false],
    ['four', true],
  ])
  expect(exports.map(({ name }) => name)).toEqual(['one', 'two', 'three', 'four', 'five'])
})

it('leaves comments, imports and blank lines out of the code, and keeps line numbers', () => {
  const text = "/* a\n b */\nimport { b } from './b.ts'\n\n  call(  b ) // c\nexport { d } from './d.ts'\n"
  expect(measure(text).code).toEqual([{ line: 5, text: 'call( b )' }])
})

it('rejects what is no TypeScript', () => {
  expect(() => measure('const = 1')).toThrow(/^a\.ts: /)
})
