import { expect, it } from 'vitest'
import { parseReservedHours } from './parse-reserved-hours.ts'

it.each([
  ['LABORABLES DE LUNES A VIERNES DE 8 A 20 H.', 'Mo-Fr 08:00-20:00; PH off'],
  ['RESERVA MOTOS LABORABLES DE LUNES A VIERNES 8 A 20 H', 'Mo-Fr 08:00-20:00; PH off'],
  ['laborables de lunes a viernes de 8a 20 horas', 'Mo-Fr 08:00-20:00; PH off'],
  ['Lab. de lunes a viernes de 8 a 20 h', 'Mo-Fr 08:00-20:00; PH off'],
  ['DÍAS LABORABLES DE LUNES A VIERNES DE 8:00 A 20:00 H', 'Mo-Fr 08:00-20:00; PH off'],
  ['Lunes a viernes de 08:00 a 20:00', 'Mo-Fr 08:00-20:00'],
  ['RESERVA MOTOS LABORABLES DE LUNES A SÁBADOS DE 8 A 20 H.', 'Mo-Sa 08:00-20:00; PH off'],
  ['De lunes a domingo de 09:00 a 21:00', 'Mo-Su 09:00-21:00'],
  ['SIN HORARIO', null],
])('%s reserves the bay at %s', (sign, reserved) => {
  expect(parseReservedHours(sign)).toEqual({ reserved })
})

it.each([
  'LABORABLES DE 8 A 20 H',
  'RESERVADO MOTOCICLETA EN DÍAS DE ESPECTACULO',
  'LABORABLES DE LUNES A VIERNES DE 8 A 20 H. DOMINGOS Y FESTIVOS DE 0 A 16H.',
  'LABORABLES DE LUNES Y VIERNES DE 8 A 20 H.',
  'LABORABLES DE LUNES A VIERNES DE 8 A 2O H.',
  'LABORABLES DE LUNES A VIERNES DE 20 A 8 H.',
  'EXCEPTO MOTOS',
  '',
])('%j is for people to read', (sign) => {
  expect(parseReservedHours(sign)).toBeNull()
})
