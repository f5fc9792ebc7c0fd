import { readNumber, readText } from '@kickstand/domain'
import { readTime, timeRules } from '#time/feed-time.ts'
import { type Fields, fieldsOf, idOf, isFields, listOf } from '#values.ts'
import { readingRow } from './reading.ts'
import type { Standard, Supply } from './standard.ts'

/**
 * Hong Kong's car parks and vacancies. Motorcycles have their own member, `motorCycle`. Vacancy type A is a count, B is
 * 1 for a free space or 0 for none, C is a closed car park; -1 means no data. The Transport Department's own format has
 * other names (`vehicle_type` M).
 */
export const hongKong: Standard<Fields> = {
  label: 'Hong Kong',
  recognises: (record) => 'park_Id' in record || ('park_id' in record && 'vehicle_type' in record),
  where: (record) => idOf(record['park_Id'] ?? record['park_id']),
  zones(record) {
    const { motorCycle } = record
    if (!isFields(motorCycle) || Object.keys(motorCycle).length === 0) return []
    const spaces = readNumber(motorCycle['space'])
    if (spaces === 0) return []
    return [
      {
        ref: idOf(record['park_Id']),
        lat: record['latitude'],
        lng: record['longitude'],
        name: record['name'] ?? record['displayAddress'],
        capacity: motorCycle['space'],
        kind: kindOf(readText(record['carpark_Type'])),
        fee: feeOf(motorCycle),
        openingHours: hoursOf(record['openingHours']),
      },
    ]
  },
  readings(record, { profile, at }) {
    const ref = record['park_Id'] ?? record['park_id']
    const entries = Array.isArray(record['motorCycle']) ? record['motorCycle'] : ofDepartment(record)
    const hourly = entries.map(fieldsOf).filter(({ category }) => category === undefined || category === 'HOURLY')
    const [vacancy] = hourly.length > 0 ? hourly : entries.map(fieldsOf)
    if (vacancy === undefined) return []
    const type = readText(vacancy['vacancy_type'])?.toUpperCase()
    const figure = readNumber(vacancy['vacancy'])
    return [
      readingRow(
        {
          ref,
          free: type === 'A' ? vacancy['vacancy'] : null,
          available: type === 'B' && figure !== null && figure >= 0 ? figure > 0 : null,
          closed: type === 'C' ? true : null,
          at:
            readTime(vacancy['lastupdate'], {
              ...timeRules(profile),
              timeZone: profile.timeZone ?? 'Asia/Hong_Kong',
            }) ?? at,
        },
        idOf(ref) ?? 'a car park',
      ),
    ]
  },
}

function ofDepartment(record: Fields): readonly unknown[] {
  const classes = listOf(record['vehicle_type']).map(fieldsOf)
  return listOf(classes.find(({ type }) => type === 'M')?.['service_category'])
}

function kindOf(type: string | null): Supply['kind'] {
  return type === 'multi-storey' ? 'garage' : type === 'off-street' ? 'lot' : type === 'metered' ? 'bay' : null
}

/** Paid where any charge is above zero; unknown without charges. */
function feeOf(motorCycle: Fields): Supply['fee'] {
  const charges = Object.values(motorCycle).flatMap(listOf).map(fieldsOf)
  return charges.some(({ price }) => (readNumber(price) ?? 0) > 0) ? 'paid' : null
}

const DAYS: Readonly<Record<string, string>> = {
  MON: 'Mo',
  TUE: 'Tu',
  WED: 'We',
  THU: 'Th',
  FRI: 'Fr',
  SAT: 'Sa',
  SUN: 'Su',
  PH: 'PH',
}

/** Converts `[{ weekdays: ["MON", …, "PH"], periodStart, periodEnd }]` to OSM syntax; null where a part is unknown. */
function hoursOf(value: unknown): string | null {
  const rules: string[] = []
  for (const period of listOf(value).map(fieldsOf)) {
    const days = listOf(period['weekdays']).map((day) => DAYS[readText(day) ?? ''])
    const times = [period['periodStart'], period['periodEnd']].map(
      (time) => /^\d\d:\d\d/.exec(readText(time) ?? '')?.[0],
    )
    const [from, to] = times
    if (days.length === 0 || days.some((day) => day === undefined) || from === undefined || to === undefined)
      return null
    rules.push(`${days.join(',')} ${from}-${to === '23:59' ? '24:00' : to}`)
  }
  return rules.length === 0 ? null : rules.join('; ')
}
