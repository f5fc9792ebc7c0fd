import { useMemo } from 'react'
import { useI18n } from './i18n.ts'

const PARTS = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
} as const satisfies Intl.DateTimeFormatOptions

/** Formats RFC 3339 times in the time zone of the browser, and names the zone. */
export function useTimes(): (iso: string) => string {
  const { format } = useI18n()
  return useMemo(() => {
    const times = new Intl.DateTimeFormat(format.locale, PARTS)
    return (iso) => times.format(new Date(iso))
  }, [format.locale])
}
