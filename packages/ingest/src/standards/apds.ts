import { readText } from '@kickstand/domain'
import { geometryOf } from '#formats/geojson/geojson-geometry.ts'
import { readTime, timeRules } from '#time/feed-time.ts'
import { type Fields, fieldsOf, idOf, listOf } from '#values.ts'
import { tariffOfRates } from './apds-rates.ts'
import { readingRow } from './reading.ts'
import { isAllMotorcycles, type Standard, type Supply } from './standard.ts'

/**
 * Places of the Alliance for Parking Data Standards. Which vehicles may park is in another resource (rights), so a
 * place is taken only where the profile states that the whole source is for motorcycles. Rate tables are another resource
 * too: one that the source has joined to its place as `rateTable` is read.
 */
export const apds: Standard<Fields> = {
  label: 'APDS',
  recognises: (record) =>
    'layer' in record && ('indicativePointLocation' in record || 'hierarchyElementRecord' in record),
  where: (record) => idOf(record['id']),
  zones(record, profile) {
    if (!isAllMotorcycles(profile)) return []
    const { spacesTotal, structureGrade } = fieldsOf(record['characteristics'])
    const roles = listOf(record['responsibilityRoleAssignments']).map(fieldsOf)
    const operator = roles.find(({ type }) => type === 'operator')
    return [
      {
        ref: idOf(record['id']),
        geometry: geometryOf(record['indicativePointLocation']),
        name: listOf(record['name']).map((name) => readText(fieldsOf(name)['string']))[0],
        capacity: spacesTotal,
        kind: kindOf(readText(structureGrade)),
        operator: fieldsOf(operator?.['organisation'])['name'],
        tariff: tariffOfRates(fieldsOf(record['rateTable'])),
      },
    ]
  },
  readings(record, { profile, at }) {
    if (!isAllMotorcycles(profile)) return []
    const table = fieldsOf(
      listOf(fieldsOf(record['hierarchyElementReference'])['demandTable'] ?? record['demandTable'])[0],
    )
    const demand = fieldsOf(listOf(table['demandType'])[0])
    if (demand['count'] === undefined) return []
    const time = readTime(demand['recordDateTime'] ?? table['timestamp'], timeRules(profile))
    return [
      readingRow({ ref: record['id'], occupied: demand['count'], at: time ?? at }, idOf(record['id']) ?? 'a place'),
    ]
  },
}

function kindOf(grade: string | null): Supply['kind'] {
  if (grade === null) return null
  return /underground|multi|above/i.test(grade) ? 'garage' : /grade|surface|level/i.test(grade) ? 'lot' : null
}
