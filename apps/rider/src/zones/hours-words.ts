import type { Format } from '@kickstand/i18n'
import type { PageText } from '#i18n/i18n.ts'

type Words = { readonly p: PageText; readonly format: Pick<Format, 'time' | 'weekday'> }

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const HOUR_MS = 3_600_000
/** A Monday, UTC. */
const MONDAY = Date.UTC(2026, 0, 5)
const CLOCK = /^(\d{1,2}):(\d\d)$/

/**
 * Formats OpenStreetMap opening hours: "Mo-Fr 18:00-08:00" becomes "Mon–Fri 18:00–08:00". A text with anything but days
 * and times is returned unchanged.
 */
export function hoursText(written: string, words: Words): string {
  if (/^(24\/7|00:00-24:00)$/.test(written.trim())) return words.p('hours.always')
  const rules = written.split(/[;]/).map((rule) => ruleText(rule.trim(), words))
  return rules.every((rule) => rule !== null) ? rules.join(' · ') : written
}

function ruleText(rule: string, words: Words): string | null {
  const parts = /^((?:[A-Z]{2}|[A-Z][a-z])(?:[-,](?:[A-Z]{2}|[A-Z][a-z]))*)?\s*(.*)$/.exec(
    rule.replaceAll(/\s*([,-])\s*/g, '$1'),
  )
  const [, days = '', times = ''] = parts ?? []
  const when = days === '' ? '' : daysText(days, words)
  const open = timesText(times, words)
  return when === null || open === null || when + open === '' ? null : [when, open].filter(Boolean).join(' ')
}

function daysText(days: string, { p, format }: Words): string | null {
  const name = (day: string): string | null => {
    if (day === 'PH') return p('hours.holidays')
    const index = DAYS.indexOf(day)
    return index < 0 ? null : format.weekday(MONDAY + index * 24 * HOUR_MS, 'UTC')
  }
  return joined(days.split(','), ', ', (part) => joined(part.split('-'), '–', name))
}

function timesText(times: string, { p, format }: Words): string | null {
  if (times === 'off' || times === 'closed') return p('hours.closed')
  if (times === '') return ''
  return joined(times.split(','), ', ', (span) => {
    if (span === '00:00-24:00') return p('hours.allDay')
    const ends = span.split('-')
    return ends.length !== 2
      ? null
      : joined(ends, '–', (end) => {
          const [, hours, minutes] = CLOCK.exec(end) ?? []
          if (Number(hours) > 24 || Number(minutes) > 59 || hours === undefined) return null
          return format.time(MONDAY + Number(hours) * HOUR_MS + Number(minutes) * 60_000, 'UTC')
        })
  })
}

/** The formatted parts, joined; null if one cannot be parsed. */
function joined(parts: readonly string[], by: string, word: (part: string) => string | null): string | null {
  const texts = parts.map(word)
  return texts.includes(null) ? null : texts.join(by)
}
