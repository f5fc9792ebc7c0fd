/** What a rider may hold beside a vehicle: being a customer of the place, or a permit for it (residents, staff, members). */
export const PERMITS = ['customer', 'permit'] as const
export type Permit = (typeof PERMITS)[number]
