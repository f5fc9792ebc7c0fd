/**
 * The hours in which a bay is reserved for motorcycles, in OSM's opening_hours syntax; null if it is always reserved.
 */
export type ReservedHours = { readonly reserved: string | null }

const DAY = '(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?)'
const DAYS: Readonly<Record<string, string>> = {
  lunes: 'Mo',
  martes: 'Tu',
  miercoles: 'We',
  jueves: 'Th',
  viernes: 'Fr',
  sabado: 'Sa',
  domingo: 'Su',
}
const HOUR = '(\\d{1,2})(?::([0-5]\\d))?'
const SPANISH_HOURS = new RegExp(
  `^(?:reserva motos )?((?:dias )?laborables?|lab)? ?(?:de )?(?:(${DAY}) a (${DAY}) )?(?:de )?${HOUR} ?a ?${HOUR} ?(?:h|horas?)?$`,
)

/**
 * Parses the hours for which a Spanish sign reserves its bay for motorcycles. Accepts only unambiguous texts, such as
 * "Laborables de lunes a viernes de 8 a 20 h"; null for any other text, which only a person can interpret. Outside of
 * these hours the bay is open to all vehicles, including motorcycles.
 */
export function parseReservedHours(sign: string): ReservedHours | null {
  const words = sign
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/["'.,;\s]+/g, ' ')
    .trim()
  // "Without hours": reserved at all times.
  if (words === 'sin horario') return { reserved: null }
  const [, workingDays, first, last, from, fromMinute = '00', to, toMinute = '00'] = SPANISH_HOURS.exec(words) ?? []
  if (from === undefined || to === undefined) return null
  if (Number(from) > 23 || Number(to) > 24 || Number(from) >= Number(to)) return null
  // "Laborables" alone may or may not include Saturdays, so it is not parsed.
  if (first === undefined || last === undefined) return null
  const [start, end] = [first, last].map((day) => DAYS[day.replace(/(?<=sabado|domingo)s$/, '')])
  const hours = `${from.padStart(2, '0')}:${fromMinute}-${to.padStart(2, '0')}:${toMinute}`
  return { reserved: `${start}-${end} ${hours}${workingDays === undefined ? '' : '; PH off'}` }
}
