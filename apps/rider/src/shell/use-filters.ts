import type { Vehicle } from '@kickstand/domain'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { storage } from '#api/safe-storage.ts'
import {
  activeFilters,
  FILTERS,
  parseVehicle,
  DEFAULT_VEHICLE,
  type FilterName,
  type FilterValue,
  type ZoneFilters,
} from '#api/zone-filters.ts'
import { parseViewSearch } from './view.ts'

const VEHICLE_KEY = 'kickstand.vehicle'

export type FilterControl = {
  readonly filters: ZoneFilters
  readonly set: (values: { readonly [name in FilterName]?: FilterValue | undefined }) => void
  readonly clear: () => void
  readonly setVehicle: (vehicle: Vehicle) => void
}

/** The filters are in the address, so that links include them. The vehicle is also stored on the device. */
export function useFilters(): FilterControl {
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  const [stored, setStored] = useState(() => parseVehicle(storage.getItem(VEHICLE_KEY)))
  const vehicle = search.vehicle ?? stored ?? DEFAULT_VEHICLE
  const key = FILTERS.map((name) => search[name] ?? '').join(';')
  const filters = useMemo<ZoneFilters>(
    () => ({ ...Object.fromEntries(activeFilters(search).map((name) => [name, search[name]])), vehicle }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` holds all parts of the search that are read
    [key, vehicle],
  )
  const set = useCallback<FilterControl['set']>(
    (values) =>
      void navigate({ to: '.', search: (before) => parseViewSearch({ ...before, ...values }), replace: true }),
    [navigate],
  )
  const clear = useCallback(() => set(Object.fromEntries(FILTERS.map((name) => [name, undefined]))), [set])
  const setVehicle = useCallback(
    (next: Vehicle) => {
      storage.setItem(VEHICLE_KEY, next)
      setStored(next)
      void navigate({ to: '.', search: (before) => ({ ...before, vehicle: next }), replace: true })
    },
    [navigate],
  )
  return useMemo(() => ({ filters, set, clear, setVehicle }), [filters, set, clear, setVehicle])
}
