import { describe, expect, it } from 'vitest'
import { mentionsMotorcycles } from './motorcycle-supply.ts'

describe('mentionsMotorcycles', () => {
  it.each([
    'motorcycle',
    'motorcycle_parking',
    'capacity:motorcycle',
    'MotorcycleBays',
    'plazasMoto',
    'MOTOS',
    'Motorradparkplatz',
    'Krafträder: Motorräder',
    'motocicletas',
    'motociclo',
    'motorbikes',
    'ciclomotores',
    'deux-roues motorisés',
    'parkeergelegenheid motorfiets',
    'stationnement 2RM',
    '機車停車格',
    'バイク駐車場',
    'moped',
    'two-wheeler stand',
  ])('%s', (text) => {
    expect(mentionsMotorcycles(text)).toBe(true)
  })

  it.each([
    '',
    'parking',
    'motor vehicle',
    'motor_vehicle',
    'motorway services',
    'Motor Street',
    'motorhome',
    'car park',
    'bicycle stand',
    'remoto',
    'Motovun',
    'no motorcycles',
    'except motorcycles',
    'sin motos',
    'keine Motorräder',
  ])('not: %s', (text) => {
    expect(mentionsMotorcycles(text)).toBe(false)
  })
})
