import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSqlDump, type DumpRow } from './sql-dump.ts'

function read(text: string, pieces: readonly number[] = []): { rows: DumpRow[]; end: string | null } {
  const dump = createSqlDump()
  const rows: DumpRow[] = []
  let from = 0
  for (const at of [...pieces, text.length]) {
    rows.push(...dump.push(text.slice(from, at)))
    from = at
  }
  return { rows, end: dump.end() }
}

const DUMP = `-- MariaDB dump; it's not (a) value;
/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE \`parking_zones\` (
  \`id\` int(11) NOT NULL AUTO_INCREMENT,
  \`name\` varchar(255) DEFAULT 'a, (b)',
  \`lat\` decimal(10,8) NOT NULL,
  PRIMARY KEY (\`id\`), KEY \`near\` (\`lat\`,\`name\`)
) ENGINE=InnoDB;
LOCK TABLES \`parking_zones\` WRITE;
INSERT INTO \`parking_zones\` VALUES (1,'O\\'Farrell; (North)\\n','37.78600000'),(2,'it''s \\\\ 50\\% 🏍',-0.5),(3,NULL,1e2);
INSERT IGNORE INTO shop.other (a, \`b\`) VALUES (x'4142', _binary 'q'), (0x43, TRUE); # and so on
REPLACE INTO parking_zones (id) VALUES (99999999999999999999);
UNLOCK TABLES;
-- Dump completed`

describe('a dump', () => {
  it('gives the rows of its INSERTs with escapes undone and columns named', () => {
    const { rows, end } = read(DUMP)
    const columns = ['id', 'name', 'lat']
    expect(end).toBeNull()
    expect(rows).toEqual([
      { table: 'parking_zones', columns, values: [1, "O'Farrell; (North)\n", '37.78600000'] },
      { table: 'parking_zones', columns, values: [2, "it's \\ 50\\% 🏍", -0.5] },
      { table: 'parking_zones', columns, values: [3, null, 100] },
      { table: 'other', columns: ['a', 'b'], values: ['AB', 'q'] },
      { table: 'other', columns: ['a', 'b'], values: ['C', true] },
      { table: 'parking_zones', columns: ['id'], values: ['99999999999999999999'] },
    ])
  })

  it('gives the same with chunks of any size', () => {
    const whole = read(DUMP)
    const places = fc.array(fc.nat(DUMP.length), { maxLength: 40 }).map((list) => list.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(places, (pieces) => {
        expect(read(DUMP, pieces)).toEqual(whole)
      }),
    )
    expect(
      read(
        DUMP,
        Array.from({ length: DUMP.length }, (_, at) => at),
      ),
    ).toEqual(whole)
  })

  it('preserves any text through its escapes', () => {
    const escaped = (text: string): string =>
      text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\0', '\\0')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { rows } = read(`INSERT INTO t (a, b) VALUES ('${escaped(text)}', 'end');`)
        expect(rows[0]?.values).toEqual([text, 'end'])
      }),
    )
  })

  it('reports that it is truncated, and gives the rows before', () => {
    const { rows, end } = read("INSERT INTO t (a) VALUES (1),(2),('thr")
    expect(rows.map(({ values }) => values)).toEqual([[1], [2]])
    expect(end).toMatch(/breaks off/)
  })
})
