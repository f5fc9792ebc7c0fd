import { MAX_BANDS, TARIFF_DAYS, type Tariff } from '@kickstand/domain'
import Type from 'typebox'
import { oneOf, orNull } from './shared.ts'

const BandSchema = Type.Object(
  {
    days: Type.Array(oneOf(TARIFF_DAYS), {
      minItems: 1,
      description: 'Days on which it starts; `PH` are public holidays',
    }),
    from: Type.Integer({ minimum: 0, maximum: 1439, description: 'Minutes since the local midnight' }),
    until: Type.Integer({
      minimum: 1,
      maximum: 1440,
      description: 'Exclusive end in minutes since the local midnight; less than `from` for a band over midnight',
    }),
    perMinutes: orNull(
      Type.Integer({
        minimum: 1,
        description: 'Length of a unit; a started unit is paid in full. Null: a single payment',
      }),
    ),
    amountMinor: Type.Integer({
      minimum: 0,
      description: 'Price of a unit in minor units of the currency, such as cents',
    }),
  },
  { additionalProperties: false },
)

const Schema = Type.Object(
  {
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' }),
    freeMinutes: Type.Integer({ minimum: 0, description: 'Minutes at the start of every stay that cost nothing' }),
    bands: Type.Array(BandSchema, { minItems: 1, maxItems: MAX_BANDS }),
    maxPerDayMinor: orNull(Type.Integer({ minimum: 1, description: 'Maximum price of a local day; null without one' })),
  },
  {
    additionalProperties: false,
    description:
      'The price of parking. Time outside of all bands is free. If any band has `PH`, only those bands apply on public holidays',
  },
)

/** A type of its own, because the domain's is read-only. */
export const TariffSchema = Type.Unsafe<Tariff>(Schema)
