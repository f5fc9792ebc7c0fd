import { expect, it } from 'vitest'
import { toCsv } from './csv.ts'

const COLUMNS = [
  { heading: 'name', valueOf: (row: { name: string }) => row.name },
  { heading: 'count', valueOf: () => -1 },
  { heading: 'end', valueOf: () => null },
]

it.each([
  ['Anna', 'Anna,-1,\r\n'],
  ['Anna, "the first"', '"Anna, ""the first""",-1,\r\n'],
  ['two\nlines', '"two\nlines",-1,\r\n'],
  ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")",-1,\r\n'],
  ['+1', "'+1,-1,\r\n"],
  ['-1', "'-1,-1,\r\n"],
  ['@SUM(A1)', "'@SUM(A1),-1,\r\n"],
  ['\t=1', "'\t=1,-1,\r\n"],
])('the name %j becomes the line %j', (name, line) => {
  expect(toCsv(COLUMNS, [{ name }])).toBe(`name,count,end\r\n${line}`)
})
